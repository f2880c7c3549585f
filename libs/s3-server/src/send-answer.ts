import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Answer } from './s3-answer.ts';

/** Sends an answer, the bytes of an object as fast as the client takes them. */
export async function sendAnswer(response: ServerResponse, { status, headers, body }: S3Answer): Promise<void> {
  // S3 answers a HEAD and a 304 with no body, not even an error's.
  const isBodiless = response.req.method === 'HEAD' || status === 204 || status === 304;
  if (isBodiless || body === undefined || typeof body === 'string') {
    const text = typeof body === 'string' && !isBodiless ? body : '';
    const length = isBodiless ? {} : { 'content-length': String(Buffer.byteLength(text)) };
    response.writeHead(status, { ...headers, ...length });
    response.end(text);
    return;
  }
  response.writeHead(status, headers);
  // A client that goes away in the middle of an object is no failure of the server.
  await pipeline(Readable.from(body, { objectMode: false }), response).catch(() => response.destroy());
}
