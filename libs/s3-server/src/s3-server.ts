import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bucket, isBucketName } from './bucket.ts';
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  getBucketVersioning,
  headBucket,
  listBuckets,
} from './bucket-actions.ts';
import { listMultipartUploads, listObjects, listObjectsV2, listParts } from './list-actions.ts';
import { getObject, headObject } from './read-object.ts';
import type { S3Answer } from './s3-answer.ts';
import type { S3Call, S3Operation } from './s3-call.ts';
import { refusal, S3Error } from './s3-error.ts';
import type { S3Action } from './s3-exchange.ts';
import { abortMultipartUpload, completeMultipartUpload, createMultipartUpload, uploadPart } from './upload-actions.ts';
import { copyObject, deleteObject, deleteObjects, putObject } from './write-object.ts';

export interface S3ServerOptions {
  region: string;
  /** Names of buckets that are there from the start. @default - none */
  buckets?: readonly string[];
  /** @default - the clock */
  now?: () => Date;
}

const ACTIONS: Readonly<Record<S3Operation, S3Action>> = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  GetBucketLocation: getBucketLocation,
  GetBucketVersioning: getBucketVersioning,
  GetObject: getObject,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PutObject: putObject,
  UploadPart: uploadPart,
};

/** S3 with its bytes in a temporary folder, so that gigabytes stay out of memory. Who may do what is not its concern. */
export class S3Server {
  readonly buckets = new Map<string, Bucket>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'serverless-ops-s3-'));
  readonly #region: string;
  readonly #now: () => Date;

  constructor({ region, buckets = [], now = () => new Date() }: S3ServerOptions) {
    this.#region = region;
    this.#now = now;
    for (const name of buckets) this.createBucket(name);
  }

  /** Makes a bucket without a call. Throws when its name is taken or no bucket may have it. */
  createBucket(name: string, versioning?: Bucket['versioning']): void {
    if (!isBucketName(name)) throw new S3Error('InvalidBucketName', `No bucket may have the name ${name}.`);
    if (this.buckets.has(name)) throw new S3Error('BucketAlreadyOwnedByYou', `There is a bucket ${name} already.`);
    const bucket = new Bucket(name, this.#now());
    bucket.versioning = versioning;
    this.buckets.set(name, bucket);
  }

  /** Carries a call out; a call that S3 would refuse has a refusal for its answer. Rejects when its body breaks off. */
  async answer(call: S3Call, body: AsyncIterable<Buffer>): Promise<S3Answer> {
    try {
      const { buckets } = this;
      const exchange = { call, body, buckets, folder: this.#folder, region: this.#region, now: this.#now };
      return await ACTIONS[call.operation](exchange);
    } catch (error) {
      if (error instanceof S3Error) return refusal(error);
      throw error;
    }
  }

  /** Removes everything that is stored. */
  close(): void {
    this.buckets.clear();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
