import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { readAwsChunked } from './aws-chunked.ts';
import { startChecksum, type Checksum } from './checksum.ts';
import { checkDigests, claimedDigests, type Claims } from './claimed-digests.ts';
import type { S3Request } from './s3-call.ts';
import { S3Error } from './s3-error.ts';
import type { StoredFile } from './stored-bytes.ts';

/** A body that is on the disk and has the checksums that its request claims. */
export interface ReceivedBody {
  file: StoredFile;
  /** MD5 in hex: the ETag of a plain object or a part. */
  md5: string;
  /** The checksum that the request brought along. */
  checksum: Checksum | undefined;
}

/** The most that S3 takes in one part or one PutObject. */
const MAX_BODY_BYTES = 5 * 1024 ** 3;

/** How much waits to be written in one go. */
const WRITE_BYTES = 1024 ** 2;

/** Writes a body to a new file as it comes, hashes it meanwhile, and keeps nothing of one that is not what it claims. */
export async function receiveBody(
  folder: string,
  request: Pick<S3Request, 'headers'>,
  body: AsyncIterable<Buffer>,
): Promise<ReceivedBody> {
  const claims = claimedDigests(request.headers);
  const path = join(folder, randomUUID());
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      return await writeBody({ file, path }, claims, body);
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function writeBody(
  { file, path }: { file: FileHandle; path: string },
  claims: Claims,
  body: AsyncIterable<Buffer>,
): Promise<ReceivedBody> {
  const chunked = claims.isChunked ? readAwsChunked(body) : undefined;
  const md5 = startChecksum('md5');
  const sha256 = claims.contentSha256 === undefined ? undefined : startChecksum('sha256');
  const checksum = claims.algorithm === undefined ? undefined : startChecksum(claims.algorithm);
  const running = [md5, sha256, checksum].filter((each) => each !== undefined);

  let sizeBytes = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const write = async (): Promise<void> => {
    const chunks = waiting;
    waiting = [];
    waitingBytes = 0;
    if (chunks.length > 0) await file.writev(chunks);
  };
  for await (const chunk of chunked?.data ?? body) {
    for (const each of running) each.update(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES) throw new S3Error('EntityTooLarge');
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes >= WRITE_BYTES) await write();
  }
  await write();

  if (claims.sizeBytes !== undefined && claims.sizeBytes !== sizeBytes) throw new S3Error('IncompleteBody');
  const digests = { md5: md5.digest(), sha256: sha256?.digest(), checksum: checksum?.digest() };
  checkDigests(claims, chunked?.trailers, digests);
  return {
    file: { path, sizeBytes },
    md5: digests.md5.toString('hex'),
    checksum:
      claims.algorithm && digests.checksum
        ? { algorithm: claims.algorithm, value: digests.checksum.toString('base64') }
        : undefined,
  };
}

/** Reads a short body, a document in XML, with the same checks. */
export async function receiveText(request: Pick<S3Request, 'headers'>, body: AsyncIterable<Buffer>): Promise<string> {
  const claims = claimedDigests(request.headers);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  const chunked = claims.isChunked ? readAwsChunked(body) : undefined;
  for await (const chunk of chunked?.data ?? body) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_TEXT_BYTES) throw new S3Error('MalformedXML');
  }
  const text = Buffer.concat(chunks);
  const digestOf = (algorithm: Parameters<typeof startChecksum>[0]): Buffer => {
    const running = startChecksum(algorithm);
    running.update(text);
    return running.digest();
  };
  checkDigests(claims, chunked?.trailers, {
    md5: digestOf('md5'),
    sha256: digestOf('sha256'),
    checksum: claims.algorithm && digestOf(claims.algorithm),
  });
  return text.toString('utf8');
}

/** 10,000 parts with their checksums, or 1,000 keys of 1,024 bytes, are far below this. */
const MAX_TEXT_BYTES = 8 * 1024 ** 2;
