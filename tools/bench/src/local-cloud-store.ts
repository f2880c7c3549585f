import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  S3Client,
  UploadPartCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { startLocalCloud } from '@serverless-ops/test-servers';
import { markdownTable } from './markdown-table.ts';

/** What the worker sends: parts of 8 MiB, three at a time. 512 of them are 4.3 GB. */
const PART_BYTES = 8 * 1024 ** 2;
const PARTS = 512;
const AT_ONCE = 3;

/** How often the memory is read, in ms. */
const SAMPLE_INTERVAL_MS = 250;
/** Columns of the table: the memory after so many parts are stored. */
const SHOWN_PARTS = [0, 128, 256, 384, 512];

/** Stores an object of 4 GB in the local cloud and reads it back; a table with the time and the memory of the cloud. */
export async function storeInLocalCloud(workspaceRoot: string): Promise<string> {
  const cloud = await startLocalCloud({ workspaceRoot, buckets: ['bench-store'] });
  const client = new S3Client({ ...cloud.client, forcePathStyle: true });
  let peakBytes = 0;
  const sampling = new AbortController();
  const sampled = (async () => {
    while (!sampling.signal.aborted) {
      peakBytes = Math.max(peakBytes, await memoryOf(cloud.pid));
      await sleep(SAMPLE_INTERVAL_MS);
    }
  })();
  try {
    const shown = new Map([[0, await memoryOf(cloud.pid)]]);
    const startedAt = performance.now();
    await store(client, async (stored) => {
      if (SHOWN_PARTS.includes(stored)) shown.set(stored, await memoryOf(cloud.pid));
    });
    const storedAt = performance.now();
    const readBytes = await readBack(client);
    const readAt = performance.now();
    if (readBytes !== PARTS * PART_BYTES) throw new Error(`Read ${readBytes} bytes of ${PARTS * PART_BYTES} back.`);
    const memory = SHOWN_PARTS.map((parts) => megabytes(shown.get(parts) ?? 0));
    return markdownTable([
      [...SHOWN_PARTS.map((parts) => `at ${gigabytes(parts * PART_BYTES)}`), 'peak', 'store (s)', 'read (s)'],
      [...memory, megabytes(peakBytes), seconds(storedAt - startedAt), seconds(readAt - storedAt)],
    ]);
  } finally {
    sampling.abort();
    await sampled;
    client.destroy();
    await cloud.stop();
  }
}

const OBJECT = { Bucket: 'bench-store', Key: 'backup/dump.sql.zst' };

async function store(client: S3Client, onPart: (stored: number) => Promise<void>): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...OBJECT, ChecksumAlgorithm: 'CRC32' }));
  const Parts: CompletedPart[] = [];
  let next = 1;
  let stored = 0;
  const body = Buffer.alloc(PART_BYTES, 'backup');
  const sendParts = async (): Promise<void> => {
    while (next <= PARTS) {
      const PartNumber = next;
      next += 1;
      const part = { ...OBJECT, UploadId, PartNumber, Body: body };
      const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand(part));
      Parts[PartNumber - 1] = { PartNumber, ETag, ChecksumCRC32 };
      stored += 1;
      await onPart(stored);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendParts));
  await client.send(new CompleteMultipartUploadCommand({ ...OBJECT, UploadId, MultipartUpload: { Parts } }));
}

async function readBack(client: S3Client): Promise<number> {
  const { Body } = await client.send(new GetObjectCommand(OBJECT));
  let bytes = 0;
  for await (const chunk of Body as AsyncIterable<Buffer>) bytes += chunk.length;
  return bytes;
}

/** Resident memory of a process, in bytes, from the kernel. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
