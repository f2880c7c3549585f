import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findS3Call, readS3Request, type S3Call } from '@serverless-ops/s3-server';

// An S3 that keeps nothing and answers everything with success as fast as bytes come: what is measured against it is
// its client. It prints its endpoint when ready, and at SIGTERM how many bytes of objects and parts came.
let storedBytes = 0;

const server = createServer((message, response) => {
  const call = findS3Call(readS3Request(message));
  let bodyBytes = 0;
  message.on('data', (chunk: Buffer) => {
    bodyBytes += chunk.length;
  });
  message.on('end', () => {
    // The framing of `aws-chunked` is no data; this header has the length without it.
    if (message.method === 'PUT') storedBytes += Number(message.headers['x-amz-decoded-content-length'] ?? bodyBytes);
    response.writeHead(message.method === 'DELETE' ? 204 : 200, { etag: '"counted"' });
    response.end(call && ANSWERS[call.operation]);
  });
});

const ANSWERS: Partial<Record<S3Call['operation'], string>> = {
  CreateMultipartUpload: '<InitiateMultipartUploadResult><UploadId>counted</UploadId></InitiateMultipartUploadResult>',
  CompleteMultipartUpload: '<CompleteMultipartUploadResult><ETag>"counted"</ETag></CompleteMultipartUploadResult>',
};

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

process.once('SIGTERM', () => {
  process.stdout.write(`${storedBytes}\n`);
  server.close();
  server.closeAllConnections();
});
