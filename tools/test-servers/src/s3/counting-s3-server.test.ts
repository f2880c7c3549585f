import { startCountingS3Server } from './counting-s3-server.ts';

describe('startCountingS3Server', () => {
  it('counts what it is sent, without the framing of aws-chunked, and answers with success', async () => {
    const s3 = await startCountingS3Server();
    const send = (method: string, query: string, body?: string, headers: Record<string, string> = {}) =>
      fetch(`${s3.endpoint}/bucket/key${query}`, { method, headers, ...(body && { body }) });

    const begun = await (await send('POST', '?uploads')).text();
    await send('PUT', '?partNumber=1&uploadId=counted', '12345');
    const chunked = { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '3' };
    await send('PUT', '', '3\r\nabc\r\n0\r\n\r\n', chunked);
    const completed = await send('POST', '?uploadId=counted', '<CompleteMultipartUpload/>');

    expect(begun).toContain('<UploadId>counted</UploadId>');
    expect(completed.status).toBe(200);
    expect(await s3.stop()).toEqual({ storedBytes: 8 });
  });
});
