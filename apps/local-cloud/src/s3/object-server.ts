import { buildApp } from 'fauxqs';
import type { HttpAnswer, HttpRequest } from '../endpoint/http-exchange.ts';

/** The most that S3 takes in one part or one PutObject. */
const MAX_BODY_BYTES = 5 * 1024 ** 3;

/** Headers that are about the connection, which there is none of. */
const CONNECTION_HEADERS = ['connection', 'content-length', 'expect', 'host', 'transfer-encoding'];

/** Buckets and objects, in memory. */
export interface ObjectServer {
  send(request: Pick<HttpRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** `fauxqs` without a port of its own, and without its limit of 11 MiB, which is below what parts may have. */
export function createObjectServer(): ObjectServer {
  const app = buildApp({ logger: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  return {
    async send({ method, path, query, headers, body }) {
      const kept = Object.entries(headers).filter(([name]) => !CONNECTION_HEADERS.includes(name));
      const search = query.size > 0 ? `?${query.toString()}` : '';
      const response = await app.inject({
        method: method as 'GET',
        url: `${path}${search}`,
        headers: { 'content-type': 'application/octet-stream', ...Object.fromEntries(kept), host: 'localhost' },
        ...(body.length > 0 || method === 'PUT' || method === 'POST' ? { payload: body } : {}),
      });
      const answered = Object.entries(response.headers).filter(([name]) => name !== 'connection');
      return {
        status: response.statusCode,
        headers: Object.fromEntries(answered.map(([name, value]) => [name, String(value)])),
        body: response.rawPayload,
      };
    },
    close: () => app.close(),
  };
}
