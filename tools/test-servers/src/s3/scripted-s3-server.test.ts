import { startScriptedS3Server, type ScriptedS3Server } from './scripted-s3-server.ts';

let s3: ScriptedS3Server;

beforeEach(async () => {
  s3 = await startScriptedS3Server();
});

afterEach(() => s3.stop());

/** A request as the wire has it: `send('PUT', 'backups/key', 'text')`. */
async function send(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${s3.clientConfig.endpoint}/${path}`, { method, headers, ...(body && { body }) });
  return { status: response.status, etag: response.headers.get('etag'), text: await response.text() };
}

async function beginUpload(key: string): Promise<string> {
  const { text } = await send('POST', `backups/${key}?uploads`);
  return /<UploadId>(.*)<\/UploadId>/.exec(text)?.[1] ?? '';
}

describe('startScriptedS3Server', () => {
  it('stores and gives back objects, and lists them by prefix', async () => {
    await send('PUT', 'backups/a/one', 'text', { 'x-amz-meta-mark': 'm1' });
    expect(await send('GET', 'backups/a/one')).toMatchObject({ status: 200, text: 'text' });
    expect((await send('GET', 'backups/?list-type=2&prefix=a/')).text).toMatch(/<Key>a\/one<\/Key>.*<Size>4<\/Size>/);
    expect(s3.object('backups', 'a/one')?.metadata).toEqual({ mark: 'm1' });
    expect((await send('GET', 'backups/a/two')).status).toBe(404);
  });

  it('shows an object of several parts only once it is complete', async () => {
    const uploadId = await beginUpload('big');
    const { etag } = await send('PUT', `backups/big?partNumber=1&uploadId=${uploadId}`, 'last part');
    expect(s3.object('backups', 'big')).toBeUndefined();
    expect(s3.openUploads()).toEqual(['big']);

    const part = `<Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part>`;
    await send(
      'POST',
      `backups/big?uploadId=${uploadId}`,
      `<CompleteMultipartUpload>${part}</CompleteMultipartUpload>`,
    );

    expect(s3.object('backups', 'big')?.body.toString()).toBe('last part');
    expect(s3.openUploads()).toEqual([]);
  });

  it('forgets an aborted upload', async () => {
    const uploadId = await beginUpload('big');
    expect((await send('DELETE', `backups/big?uploadId=${uploadId}`)).status).toBe(204);
    expect(s3.openUploads()).toEqual([]);
    expect((await send('PUT', `backups/big?partNumber=1&uploadId=${uploadId}`, 'late')).text).toContain('NoSuchUpload');
  });

  it('takes the data out of aws-chunked bodies', async () => {
    const body = '4\r\nwhol\r\n1\r\ne\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
    await send('PUT', 'backups/key', body, { 'content-encoding': 'aws-chunked' });
    expect(s3.object('backups', 'key')?.body.toString()).toBe('whole');
  });

  it('refuses what S3 refuses', async () => {
    await send('PUT', 'backups/taken', 'text');
    expect(await send('PUT', 'backups/taken', 'text', { 'if-none-match': '*' })).toMatchObject({ status: 412 });
    expect((await send('PUT', 'nowhere/key', 'text')).text).toContain('<Code>NoSuchBucket</Code>');
    expect((await send('PUT', 'backups/key', 'text', { 'x-amz-checksum-crc32': 'AAAAAA==' })).text).toContain(
      'BadDigest',
    );
    expect((await send('PATCH', 'backups/key')).status).toBe(501);
  });

  it('strikes as scripted, as often as scripted, and records every request', async () => {
    s3.script.push({ operation: 'PutObject', times: 2, fault: { kind: 'error', status: 503, code: 'SlowDown' } });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await send('PUT', 'backups/key', 'text')).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect(s3.recorded.map(({ operation, bodyBytes }) => [operation, bodyBytes])).toEqual([
      ['PutObject', 4],
      ['PutObject', 4],
      ['PutObject', 4],
    ]);
  });

  it('carries a request out whose reply it then loses', async () => {
    s3.script.push({ operation: 'PutObject', fault: { kind: 'lost-reply' } });
    await expect(send('PUT', 'backups/key', 'text')).rejects.toThrow('fetch failed');
    expect(s3.object('backups', 'key')?.body.toString()).toBe('text');
  });

  it('resets a connection in the middle of a body, and keeps nothing of it', async () => {
    s3.script.push({ operation: 'PutObject', fault: { kind: 'reset', afterBytes: 2 } });
    await expect(send('PUT', 'backups/key', 'text')).rejects.toThrow('fetch failed');
    expect(s3.object('backups', 'key')).toBeUndefined();
  });

  it('resets the connection of a request without a body, too', async () => {
    s3.script.push({ operation: 'HeadObject', fault: { kind: 'reset', afterBytes: 2 } });
    await expect(send('HEAD', 'backups/key')).rejects.toThrow('fetch failed');
  });

  it.each(['cut-answer', 'stalled-answer'] as const)('sends the beginning of a %s', async (kind) => {
    await send('PUT', 'backups/key', 'text');
    s3.script.push({ operation: 'GetObject', fault: { kind, afterBytes: 2 } });
    const { body } = await fetch(`${s3.clientConfig.endpoint}/backups/key`, { signal: AbortSignal.timeout(200) });
    const came: Uint8Array[] = [];
    await expect(
      (async () => {
        for await (const chunk of body ?? []) came.push(chunk as Uint8Array);
      })(),
    ).rejects.toThrow();
    expect(Buffer.concat(came).toString()).toBe('te');
  });

  it('leaves a stalled request without an answer', async () => {
    s3.script.push({ operation: 'PutObject', fault: { kind: 'stall' } });
    const given = fetch(`${s3.clientConfig.endpoint}/backups/key`, {
      method: 'PUT',
      body: 'text',
      signal: AbortSignal.timeout(200),
    });
    await expect(given).rejects.toThrow('timeout');
    expect(s3.object('backups', 'key')).toBeUndefined();
  });

  it('asks about each request, by its number, what strikes it', async () => {
    const seen: [number, string][] = [];
    const asked = await startScriptedS3Server({
      onRequest: ({ operation }, number) => {
        seen.push([number, operation]);
        return number === 2 ? { kind: 'error', status: 503, code: 'SlowDown' } : undefined;
      },
    });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      statuses.push(
        (await fetch(`${asked.clientConfig.endpoint}/backups/key`, { method: 'PUT', body: 'text' })).status,
      );
    }
    await asked.stop();
    expect(statuses).toEqual([200, 503, 200]);
    expect(seen).toEqual([1, 2, 3].map((number) => [number, 'PutObject']));
  });

  it('refuses connections for a while, and has then what it had', async () => {
    await send('PUT', 'backups/key', 'text');
    s3.refuseConnections(50);
    await expect(send('GET', 'backups/key')).rejects.toThrow('fetch failed');
    const until = performance.now() + 5_000;
    let answer: { status: number } | undefined;
    while (answer === undefined && performance.now() < until) {
      answer = await send('GET', 'backups/key').catch(() => undefined);
    }
    expect(answer?.status).toBe(200);
  });
});
