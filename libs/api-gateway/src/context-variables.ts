import { randomUUID } from 'node:crypto';
import type { ApiKey } from './api-keys.ts';
import { findHeader, type ApiRequest } from './api-request.ts';
import type { JavaMap } from './vtl/java-json.ts';

/** What does not change from request to request. */
export interface ApiSurroundings {
  id: string;
  stage: string;
  accountId: string;
  region: string;
}

/** `$context` at the start of a request: what is learnt later (the resource, the key, an error) is put in then. */
export interface RequestContext extends JavaMap {
  httpMethod: string;
  requestId: string;
  path: string;
  resourcePath: string;
  identity: JavaMap;
  responseOverride: { header: JavaMap; status?: JavaMap[string] };
}

export function createContext(api: ApiSurroundings, request: ApiRequest, now: Date): RequestContext {
  const requestId = randomUUID();
  return {
    accountId: api.accountId,
    apiId: api.id,
    domainName: `${api.id}.execute-api.${api.region}.amazonaws.com`,
    domainPrefix: api.id,
    extendedRequestId: Buffer.from(requestId).toString('base64').slice(0, 15),
    httpMethod: request.method,
    identity: {
      sourceIp: request.sourceIp ?? '127.0.0.1',
      userAgent: findHeader(request.headers, 'user-agent') ?? null,
    },
    path: `/${api.stage}${request.path}`,
    protocol: 'HTTP/1.1',
    requestId,
    requestOverride: { header: {}, path: {}, querystring: {} },
    requestTime: commonLogTime(now),
    requestTimeEpoch: now.getTime(),
    resourcePath: '',
    responseOverride: { header: {} },
    stage: api.stage,
  };
}

export function putKey(context: RequestContext, key: ApiKey | undefined): void {
  if (key) Object.assign(context.identity, { apiKey: key.value, apiKeyId: key.id });
}

/** `22/Nov/2026:02:15:30 +0000`, as in access logs. */
function commonLogTime(now: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
