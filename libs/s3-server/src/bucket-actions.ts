import { Bucket, isBucketName } from './bucket.ts';
import { xmlAnswer } from './s3-answer.ts';
import { S3Error } from './s3-error.ts';
import { requireBucket, type S3Action } from './s3-exchange.ts';
import { element, S3_NAMESPACE } from './xml.ts';

export const createBucket: S3Action = ({ call, buckets, now }) => {
  if (!isBucketName(call.bucket)) throw new S3Error('InvalidBucketName');
  if (buckets.has(call.bucket)) throw new S3Error('BucketAlreadyOwnedByYou');
  buckets.set(call.bucket, new Bucket(call.bucket, now()));
  return { status: 200, headers: { location: `/${call.bucket}` } };
};

export const deleteBucket: S3Action = (exchange) => {
  const bucket = requireBucket(exchange);
  if (bucket.objects.size > 0) throw new S3Error('BucketNotEmpty');
  exchange.buckets.delete(bucket.name);
  return { status: 204, headers: {} };
};

export const headBucket: S3Action = (exchange) => {
  requireBucket(exchange);
  return { status: 200, headers: { 'x-amz-bucket-region': exchange.region } };
};

export const getBucketLocation: S3Action = (exchange) => {
  requireBucket(exchange);
  // Buckets of the oldest region have no location.
  return xmlAnswer(element('LocationConstraint', exchange.region === 'us-east-1' ? '' : exchange.region, S3_NAMESPACE));
};

export const getBucketVersioning: S3Action = (exchange) => {
  const { versioning } = requireBucket(exchange);
  return xmlAnswer(element('VersioningConfiguration', { Status: versioning }, S3_NAMESPACE));
};

export const listBuckets: S3Action = ({ buckets }) => {
  const names = [...buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const content = {
    Owner: { ID: 'local' },
    Buckets: {
      Bucket: names.map(({ name, createdAt }) => ({ Name: name, CreationDate: createdAt.toISOString() })),
    },
  };
  return xmlAnswer(element('ListAllMyBucketsResult', content, S3_NAMESPACE));
};
