import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findS3Call, readS3Request } from '../s3-call.ts';
import { S3Server } from '../s3-server.ts';
import { sendAnswer } from '../send-answer.ts';

/** The server behind a port, for a test. */
export interface ServedS3 {
  endpoint: string;
  server: S3Server;
  /** A request as the wire has it: `send('PUT', 'bucket/key', 'text')`. */
  send(
    method: string,
    path: string,
    body?: string | Buffer<ArrayBuffer>,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; text: string; code: string | undefined }>;
  stop(): Promise<void>;
}

/** Starts an S3 with the bucket `backups`. */
export async function serveS3(): Promise<ServedS3> {
  const server = new S3Server({ region: 'eu-central-1', buckets: ['backups'] });
  const http = createServer((incoming, response) => {
    const call = findS3Call(readS3Request(incoming));
    if (!call) response.writeHead(501).end();
    else
      server.answer(call, incoming).then(
        (answer) => sendAnswer(response, answer),
        () => response.destroy(),
      );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    endpoint,
    server,
    send: async (method, path, body, headers = {}) => {
      const response = await fetch(`${endpoint}/${path}`, { method, headers, ...(body !== undefined && { body }) });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        code: /<Code>(\w+)<\/Code>/.exec(text)?.[1],
      };
    },
    stop: () =>
      new Promise((resolve) => {
        http.close(() => {
          server.close();
          resolve();
        });
        http.closeAllConnections();
      }),
  };
}
