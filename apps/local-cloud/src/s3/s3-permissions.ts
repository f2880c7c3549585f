import type { HttpRequest } from '../endpoint/http-exchange.ts';
import type { Permission } from '../iam/permission.ts';
import type { S3Operation } from './s3-operation.ts';

/** The right that each action takes, where it is not one of the same name. */
const ACTIONS: Readonly<Record<string, string>> = {
  ListBuckets: 'ListAllMyBuckets',
  HeadBucket: 'ListBucket',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListParts: 'ListMultipartUploadParts',
  HeadObject: 'GetObject',
  DeleteObjects: 'DeleteObject',
  CopyObject: 'PutObject',
  UploadPart: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
};

/** What a role needs for a call of S3. */
export function s3Permissions({ name, bucket, key }: S3Operation, request: HttpRequest): Permission[] {
  const action = `s3:${ACTIONS[name] ?? name}`;
  if (bucket === '') return [{ action, resource: '*' }];
  if (name === 'DeleteObjects')
    return deletedKeys(request).map((each) => ({ action, resource: objectArn(bucket, each) }));
  if (key === '') return [{ action, resource: `arn:aws:s3:::${bucket}`, conditionKeys: listKeys(request) }];
  const source = request.headers['x-amz-copy-source'];
  return [
    { action, resource: objectArn(bucket, key), conditionKeys: encryptionKeys(request) },
    ...(source === undefined
      ? []
      : [{ action: 's3:GetObject', resource: `arn:aws:s3:::${decodeURIComponent(source).replace(/^\//, '')}` }]),
  ];
}

const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

const listKeys = ({ query }: HttpRequest) => ({
  's3:prefix': query.getAll('prefix'),
  's3:delimiter': query.getAll('delimiter'),
  's3:max-keys': query.getAll('max-keys'),
});

const encryptionKeys = ({ headers }: HttpRequest) =>
  Object.fromEntries(
    ['x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id', 'x-amz-acl'].map((name) => [
      `s3:${name}`,
      [headers[name] ?? []].flat(),
    ]),
  );

const deletedKeys = ({ body }: HttpRequest): string[] =>
  [...body.toString('utf8').matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) =>
    key
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&'),
  );
