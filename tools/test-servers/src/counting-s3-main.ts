import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

// An S3 that keeps nothing and answers everything with success as fast as bytes come: what is measured against it is
// its client. It prints its endpoint when ready, and at SIGTERM how many bytes of objects and parts came.
let storedBytes = 0;

const server = createServer((message, response) => {
  let bodyBytes = 0;
  message.on('data', (chunk: Buffer) => {
    bodyBytes += chunk.length;
  });
  message.on('end', () => {
    // The framing of `aws-chunked` is no data; this header has the length without it.
    if (message.method === 'PUT') storedBytes += Number(message.headers['x-amz-decoded-content-length'] ?? bodyBytes);
    response.writeHead(message.method === 'DELETE' ? 204 : 200, { etag: '"counted"' }).end(answerTo(message));
  });
});

function answerTo({ method, url }: IncomingMessage): string | undefined {
  if (method !== 'POST') return undefined;
  return url?.includes('uploads')
    ? '<InitiateMultipartUploadResult><UploadId>counted</UploadId></InitiateMultipartUploadResult>'
    : '<CompleteMultipartUploadResult><ETag>"counted"</ETag></CompleteMultipartUploadResult>';
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

process.once('SIGTERM', () => {
  process.stdout.write(`${storedBytes}\n`);
  server.close();
  server.closeAllConnections();
});
