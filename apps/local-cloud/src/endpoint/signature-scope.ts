/** Who signed a call and for which service: read from the SigV4 header or from a presigned URL. */
export interface SignatureScope {
  accessKeyId: string;
  region: string;
  service: string;
}

/** The scope of a call's signature, or undefined when it has none. The signature itself is not verified. */
export function findSignatureScope(
  authorization: string | undefined,
  query: URLSearchParams,
): SignatureScope | undefined {
  const credential =
    authorization?.match(/^AWS4-HMAC-SHA256 .*?Credential=([^,\s]+)/)?.[1] ?? query.get('X-Amz-Credential');
  const [accessKeyId, , region, service, terminator] = credential?.split('/') ?? [];
  if (!accessKeyId || !region || !service || terminator !== 'aws4_request') return undefined;
  return { accessKeyId, region, service };
}
