import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Downloads one object into a folder, under the last part of its key. */
export async function download(s3: S3Client, bucket: string, key: string, folder: string): Promise<void> {
  const file = join(folder, key.split('/').at(-1) ?? key);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await pipeline(Body as Readable, createWriteStream(file));
}
