import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { roleCredentials, SHOW_CREDENTIALS } from '../testing/role-credentials.ts';
import { runCloud, type RunningCloud } from '../testing/running-cloud.ts';
import { storageAssembly } from '../testing/storage-stack.ts';
import { workerAssembly } from '../testing/worker-stack.ts';

const MIB = 1024 * 1024;
const Bucket = 'ops-backups';
const onBackups = (Action: string | string[], path: string) => ({
  Effect: 'Allow',
  Action,
  Resource: `arn:aws:s3:::${Bucket}${path}`,
});

let cloud: RunningCloud;
/** The account's own user, and the role of a worker. */
let own: S3Client;
let worker: S3Client;

beforeAll(async () => {
  const statements = [
    onBackups(['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'], '/allowed/*'),
    onBackups('s3:GetObject', '/readable/*'),
    { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: '*' },
  ];
  cloud = await runCloud(workerAssembly(SHOW_CREDENTIALS, statements), storageAssembly);
  own = new S3Client(cloud.clientConfig);
  worker = new S3Client(await roleCredentials(cloud));
});

afterAll(async () => {
  own.destroy();
  worker.destroy();
  await cloud.stop();
});

const put = (client: S3Client, Key: string, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: 'content', ...more }));

const begin = async (client: S3Client, Key: string): Promise<string> => {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  return UploadId ?? '';
};

const uploadsBelow = async (Prefix: string) => {
  const { Uploads } = await own.send(new ListMultipartUploadsCommand({ Bucket, Prefix }));
  return (Uploads ?? []).map(({ Key }) => Key);
};

describe('S3', () => {
  it('gives back what was stored, also a part of it', async () => {
    await put(own, 'a/ü &?#.txt', { ContentType: 'text/plain', Metadata: { sha256: 'abc' } });
    const found = await own.send(new GetObjectCommand({ Bucket, Key: 'a/ü &?#.txt', Range: 'bytes=3-' }));
    expect(await found.Body?.transformToString()).toBe('tent');
    expect(found).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { sha256: 'abc' },
      ContentRange: 'bytes 3-6/7',
    });
    expect((await own.send(new HeadObjectCommand({ Bucket, Key: 'a/ü &?#.txt' }))).ContentLength).toBe(7);
  });

  it('lists objects by prefix and folder', async () => {
    for (const Key of ['l/1', 'l/2/x', 'l/2/y', 'm']) await put(own, Key);
    const { Contents, CommonPrefixes } = await own.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'l/', Delimiter: '/' }),
    );
    expect(Contents?.map(({ Key }) => Key)).toEqual(['l/1']);
    expect(CommonPrefixes).toEqual([{ Prefix: 'l/2/' }]);
  });

  it('deletes objects', async () => {
    for (const Key of ['d/1', 'd/2', 'd/3']) await put(own, Key);
    await own.send(new DeleteObjectCommand({ Bucket, Key: 'd/1' }));
    await own.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'd/2' }] } }));
    expect((await own.send(new ListObjectsV2Command({ Bucket, Prefix: 'd/' }))).KeyCount).toBe(1);
  });

  it('puts parts together, larger ones than 11 MiB too, and lists them until then', async () => {
    const Key = 'multi/one';
    const UploadId = await begin(own, Key);
    const bodies = [Buffer.alloc(12 * MIB, 1), Buffer.from('end')];
    const Parts = await Promise.all(
      bodies.map(async (Body, index) => {
        const part = { Bucket, Key, UploadId, PartNumber: index + 1 };
        return { PartNumber: index + 1, ETag: (await own.send(new UploadPartCommand({ ...part, Body }))).ETag };
      }),
    );
    expect(await uploadsBelow('multi/')).toEqual([Key]);
    const listed = await own.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 12 * MIB],
      [2, 3],
    ]);
    await own.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    expect(await uploadsBelow('multi/')).toEqual([]);
    const stored = await own.send(new GetObjectCommand({ Bucket, Key }));
    const body = (await stored.Body?.transformToByteArray()) ?? Buffer.alloc(0);
    expect(Buffer.concat(bodies).equals(body)).toBe(true);
  });

  it('refuses a part but the last that is below 5 MiB', async () => {
    const upload = { Bucket, Key: 'multi/small', UploadId: await begin(own, 'multi/small') };
    const Parts = [];
    for (const PartNumber of [1, 2]) {
      const { ETag } = await own.send(new UploadPartCommand({ ...upload, PartNumber, Body: 'small' }));
      Parts.push({ PartNumber, ETag });
    }
    await expect(
      own.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })),
    ).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await own.send(new AbortMultipartUploadCommand(upload));
    expect(await uploadsBelow('multi/')).toEqual([]);
  });

  it('lets only one be first', async () => {
    const first = () => put(own, 'once', { IfNoneMatch: '*' });
    const outcomes = await Promise.allSettled([first(), first(), first()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(first()).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
  });

  it.each([
    ['a bucket that is not there', { Bucket: 'nobodys-bucket', Key: 'a' }, 'NoSuchBucket'],
    ['an object that is not there', { Bucket, Key: 'nothing' }, 'NoSuchKey'],
  ])('refuses %s', async (_what, input, name) => {
    await expect(own.send(new GetObjectCommand(input))).rejects.toMatchObject({ name });
  });

  it('says what it cannot do', async () => {
    const tagging = new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [] } });
    await expect(own.send(tagging)).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it('knows where it is', async () => {
    const { LocationConstraint } = await own.send(new GetBucketLocationCommand({ Bucket }));
    expect(LocationConstraint).toBe('eu-central-1');
  });
});

describe('S3 for a role', () => {
  it('takes what the role may write', async () => {
    await put(worker, 'allowed/a');
    const UploadId = await begin(worker, 'allowed/b');
    await worker.send(new AbortMultipartUploadCommand({ Bucket, Key: 'allowed/b', UploadId }));
  });

  it.each([
    ['writing elsewhere', () => put(worker, 'other/a'), 's3:PutObject'],
    ['listing', () => worker.send(new ListObjectsV2Command({ Bucket })), 's3:ListBucket'],
    [
      'deleting',
      () => worker.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'allowed/a' }] } })),
      's3:DeleteObject',
    ],
  ])('refuses %s', async (_what, call, action) => {
    await expect(call()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(
        new RegExp(
          `^User: arn:aws:sts::111111111111:assumed-role/task/\\w+ is not authorized to perform: ${action} on resource: `,
        ),
      ) as string,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('does not decrypt for who may read but not use the key', async () => {
    await put(own, 'readable/a');
    await expect(worker.send(new GetObjectCommand({ Bucket, Key: 'readable/a' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('kms:Decrypt') as string,
    });
  });

  it('does not tell who may not list that an object is not there', async () => {
    await expect(worker.send(new HeadObjectCommand({ Bucket, Key: 'allowed/nothing' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });
});
