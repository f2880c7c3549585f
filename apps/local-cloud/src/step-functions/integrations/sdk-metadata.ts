import type { JsonObject } from '../../endpoint/service.ts';

/** What optimized integrations add to an answer: how the call went over HTTP. */
export function sdkMetadata(requestId: string, contentType = 'application/x-amz-json-1.1'): JsonObject {
  const headers = { 'Content-Type': contentType, 'x-amzn-RequestId': requestId };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
