import { randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';
import type { Part } from './parts.ts';
import { patiently } from './patiently.ts';
import { translateS3Error } from './s3-errors.ts';
import { storePatiently } from './store-patiently.ts';

/** A multipart upload that was begun. Nothing can be read under its key before `complete`. */
export interface MultipartUpload {
  sendPart(part: Part, signal: AbortSignal): Promise<CompletedPart>;
  complete(parts: CompletedPart[], bytes: number): Promise<void>;
  abort(): Promise<void>;
}

/** Longest wait for S3 to abort: ECS kills a task 30 s after its SIGTERM, and the job's end is still to be reported. */
const ABORT_TIMEOUT_MS = 10_000;

/** Begins an upload. S3 refuses here already if there is no such bucket, or no right to write into it. */
export async function beginMultipartUpload(
  { client, bucket, ...patience }: Bucket,
  { key, contentType }: { key: string; contentType: string },
): Promise<MultipartUpload> {
  const metadata = { 'upload-mark': randomUUID() };
  const translate = (doing: string) => (error: unknown) => {
    throw translateS3Error(error, { doing, bucket, key });
  };
  // Not cancellable: an upload whose id we never learn could not be aborted.
  const { UploadId } = await client
    .send(
      new CreateMultipartUploadCommand({
        Bucket: bucket,
        Key: key,
        ContentType: contentType,
        Metadata: metadata,
        ChecksumAlgorithm: 'CRC32',
      }),
    )
    .catch(translate('begin the upload of'));
  const upload = { Bucket: bucket, Key: key, UploadId };

  return {
    async sendPart(part, abortSignal) {
      const ChecksumCRC32 = base64OfCrc32(part.crc32);
      const command = new UploadPartCommand({ ...upload, PartNumber: part.number, Body: part.body, ChecksumCRC32 });
      const { ETag } = await client.send(command, { abortSignal }).catch(translate(`send part ${part.number} of`));
      return { PartNumber: part.number, ETag, ChecksumCRC32 };
    },

    async complete(parts, bytes) {
      const command = new CompleteMultipartUploadCommand({
        ...upload,
        MultipartUpload: { Parts: parts.toSorted((a, b) => Number(a.PartNumber) - Number(b.PartNumber)) },
        MpuObjectSize: bytes,
        IfNoneMatch: '*',
      });
      await storePatiently({ client, bucket, ...patience }, { key, bytes, metadata }, () => client.send(command)).catch(
        translate('complete the upload of'),
      );
    },

    async abort() {
      const abortSignal = AbortSignal.timeout(ABORT_TIMEOUT_MS);
      const command = new AbortMultipartUploadCommand(upload);
      await patiently(ABORT_TIMEOUT_MS, () => client.send(command, { abortSignal })).catch((error: unknown) => {
        if ((error as Error).name !== 'NoSuchUpload') translate('abort the upload of')(error);
      });
    },
  };
}

function base64OfCrc32(checksum: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(checksum);
  return bytes.toString('base64');
}
