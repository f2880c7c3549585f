import { deletedKeys, type S3Call } from '@serverless-ops/s3-server';
import type { Permission } from '../iam/permission.ts';

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

/** What a role needs for a call of S3; `document` is the body of a `DeleteObjects`. */
export function s3Permissions(call: S3Call, document: string): Permission[] {
  const { operation, bucket, key } = call;
  const action = `s3:${ACTIONS[operation] ?? operation}`;
  if (bucket === '') return [{ action, resource: '*' }];
  if (operation === 'DeleteObjects') {
    return deletedKeys(document).map((each) => ({ action, resource: objectArn(bucket, each) }));
  }
  if (key === '') return [{ action, resource: `arn:aws:s3:::${bucket}`, conditionKeys: listKeys(call) }];
  const source = call.headers['x-amz-copy-source'];
  return [
    { action, resource: objectArn(bucket, key), conditionKeys: encryptionKeys(call) },
    ...(source === undefined
      ? []
      : [{ action: 's3:GetObject', resource: `arn:aws:s3:::${decodeURIComponent(source).replace(/^\//, '')}` }]),
  ];
}

const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

const listKeys = ({ query }: S3Call) => ({
  's3:prefix': query.getAll('prefix'),
  's3:delimiter': query.getAll('delimiter'),
  's3:max-keys': query.getAll('max-keys'),
});

const encryptionKeys = ({ headers }: S3Call) =>
  Object.fromEntries(
    ['x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id', 'x-amz-acl'].map((name) => [
      `s3:${name}`,
      [headers[name] ?? []].flat(),
    ]),
  );
