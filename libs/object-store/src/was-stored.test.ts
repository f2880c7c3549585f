import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startScriptedS3Server, type ScriptedS3Server } from '@serverless-ops/test-servers';
import { mayBeStored, wasStored } from './was-stored.ts';

const sent = { key: 'folder/object', bytes: 4, metadata: { mark: 'ours' } };

let s3: ScriptedS3Server;
let client: S3Client;

beforeEach(async () => {
  s3 = await startScriptedS3Server();
  client = new S3Client(s3.clientConfig);
});

afterEach(async () => {
  client.destroy();
  await s3.stop();
});

async function put(Key: string, Body: string, mark: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: 'backups', Key, Body, Metadata: { mark } }));
}

const asked = (): Promise<string> => wasStored({ client, bucket: 'backups' }, sent);

describe('wasStored, for a role that may read', () => {
  it.each([
    ['the object that was sent', 'text', 'ours', 'yes'],
    ['an object of another size', 'longer text', 'ours', 'no'],
    ["somebody else's object of the same size", 'text', 'theirs', 'no'],
  ])('judges %s', async (_, body, mark, expected) => {
    await put(sent.key, body, mark);
    expect(await asked()).toBe(expected);
  });
});

describe('wasStored, for a role that may only write and list', () => {
  beforeEach(() => {
    s3.script.push({ operation: 'HeadObject', fault: { kind: 'error', status: 403, code: 'AccessDenied' } });
  });

  it.each([
    ['an object of the same key and size', sent.key, 'text', 'yes'],
    ['an object of another size', sent.key, 'longer text', 'no'],
    ['an object whose key goes on', `${sent.key}.old`, 'text', 'no'],
  ])('judges %s', async (_, key, body, expected) => {
    await put(key, body, 'ours');
    expect(await asked()).toBe(expected);
  });

  it('takes nothing for stored when listing is refused too', async () => {
    await put(sent.key, 'text', 'ours');
    s3.script.push({ operation: 'ListObjectsV2', fault: { kind: 'error', status: 403, code: 'AccessDenied' } });
    expect(await asked()).toBe('no');
  });
});

describe('wasStored, while S3 does not answer', () => {
  it('knows nothing', async () => {
    await put(sent.key, 'text', 'ours');
    for (const operation of ['HeadObject', 'ListObjectsV2'] as const) {
      s3.script.push({ operation, times: 99, fault: { kind: 'error', status: 503, code: 'SlowDown' } });
    }
    expect(await asked()).toBe('unknown');
  });
});

describe('mayBeStored', () => {
  it.each([
    ['no answer', { name: 'TimeoutError' }, true],
    ['a fault of the server', { name: 'InternalError', $metadata: { httpStatusCode: 500 } }, true],
    ['a key that is taken', { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } }, true],
    ['an upload that is gone', { name: 'NoSuchUpload', $metadata: { httpStatusCode: 404 } }, true],
    [
      'a write of the same key under way',
      { name: 'ConditionalRequestConflict', $metadata: { httpStatusCode: 409 } },
      true,
    ],
    ['a refusal', { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }, false],
    ['a part that is missing', { name: 'InvalidPart', $metadata: { httpStatusCode: 400 } }, false],
  ])('after %s', (_, error, expected) => {
    expect(mayBeStored(error)).toBe(expected);
  });
});
