import { readFileSync, truncateSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  findS3Call,
  readS3Request,
  refusal,
  S3Server,
  sendAnswer,
  type S3Answer,
  type S3Call,
  type StoredObject,
} from '@serverless-ops/s3-server';
import { nextFault, partNumberOf, type S3Fault, type ScriptedS3Fault } from './s3-fault.ts';

/** A request that came, with the size of what it carried. */
export interface RecordedS3Request extends S3Call {
  bodyBytes: number;
  /** Of UploadPart; 0 for every other operation. */
  partNumber: number;
}

/** An object as it is stored. `metadata` has the names after `x-amz-meta-`. */
export interface StoredS3Object {
  body: Buffer;
  etag: string;
  contentType: string;
  metadata: Record<string, string>;
}

export interface ScriptedS3Server {
  /** For the constructor of an `S3Client`. */
  clientConfig: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    forcePathStyle: true;
  };
  /** Every request in the order it came, those that a fault struck too. */
  recorded: RecordedS3Request[];
  /** Faults yet to strike; push more at any time. */
  script: ScriptedS3Fault[];
  object(bucket: string, key: string): StoredS3Object | undefined;
  /** Keys of the objects whose key begins so, in their order. */
  keys(bucket: string, prefix: string): string[];
  /** Keys of the multipart uploads that were neither completed nor aborted. */
  openUploads(): string[];
  /** What the bucket says of its versioning. It keeps no versions. */
  setVersioning(bucket: string, status: 'Enabled' | 'Suspended' | undefined): void;
  /** Resets all connections and refuses new ones for so long. */
  refuseConnections(forMs: number): void;
  stop(): Promise<void>;
}

export interface ScriptedS3Options {
  /** @default one, `backups` */
  buckets?: readonly string[];
  /** @default none */
  script?: ScriptedS3Fault[];
  /**
   * Called with each request that has come and its number, from 1; gives the fault that strikes it.
   * @default the script alone decides
   */
  onRequest?: (request: RecordedS3Request, number: number) => S3Fault | undefined;
}

const REGION = 'eu-central-1';

/** The S3 server on a port of its own, with a record of what came and faults as scripted. */
export async function startScriptedS3Server({
  buckets = ['backups'],
  script = [],
  onRequest = () => undefined,
}: ScriptedS3Options = {}): Promise<ScriptedS3Server> {
  const s3 = new S3Server({ region: REGION, buckets });
  const recorded: RecordedS3Request[] = [];
  const server = createServer((message, response) => {
    const call = findS3Call(readS3Request(message));
    if (!call) {
      const answer = refusal({ status: 501, code: 'NotImplemented', message: `${message.method} ${message.url}` });
      void sendAnswer(response, answer);
      return;
    }
    const record = { ...call, bodyBytes: 0, partNumber: partNumberOf(call) };
    const fault = onRequest(record, recorded.push(record)) ?? nextFault(script, record);
    // A client that goes away, or is reset, breaks its body off.
    play(fault, { s3, record, message, response }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let reopening: NodeJS.Timeout | undefined;
  return {
    clientConfig: {
      endpoint: `http://127.0.0.1:${port}`,
      region: REGION,
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
      forcePathStyle: true,
    },
    recorded,
    script,
    object: (bucket, key) => {
      const object = s3.buckets.get(bucket)?.objects.get(key);
      return object && readStored(object);
    },
    keys: (bucket, prefix) =>
      [...(s3.buckets.get(bucket)?.objects.keys() ?? [])].filter((key) => key.startsWith(prefix)).sort(),
    openUploads: () => [...s3.buckets.values()].flatMap(({ uploads }) => [...uploads.values()].map(({ key }) => key)),
    setVersioning: (name, status) => {
      const bucket = s3.buckets.get(name);
      if (bucket) bucket.versioning = status;
    },
    refuseConnections: (forMs) => {
      server.close();
      server.closeAllConnections();
      reopening = setTimeout(() => server.listen(port, '127.0.0.1'), forMs);
    },
    stop: () =>
      new Promise((resolve) => {
        clearTimeout(reopening);
        server.close(() => {
          s3.close();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

interface Exchange {
  s3: S3Server;
  record: RecordedS3Request;
  message: IncomingMessage;
  response: ServerResponse;
}

async function play(fault: S3Fault | undefined, { s3, record, message, response }: Exchange): Promise<void> {
  if (fault?.kind === 'stall') {
    message.pause();
    return;
  }
  const body = countedBody(message, record, fault?.kind === 'reset' ? fault.afterBytes : Infinity);
  if (fault?.kind === 'reset' || fault?.kind === 'error' || fault?.kind === 'error-in-200') {
    // Read to its end, and kept nowhere.
    for await (const _chunk of body);
    if (fault.kind === 'reset') {
      // A body that is shorter, or none at all, has not reached the place.
      message.socket.resetAndDestroy();
      return;
    }
    const { code } = fault;
    const words = (fault.kind === 'error' ? fault.message : undefined) ?? `scripted ${code}`;
    await sendAnswer(response, refusal({ status: fault.kind === 'error' ? fault.status : 200, code, message: words }));
    return;
  }
  const answer = await s3.answer(record, body);
  if (fault?.kind === 'truncated-store') dropLastByte(s3, record);
  if (fault?.kind === 'lost-reply') message.socket.destroy();
  else if (fault?.kind === 'cut-answer' || fault?.kind === 'stalled-answer') {
    await sendBeginning(response, answer, fault.afterBytes);
    if (fault.kind === 'cut-answer') message.socket.destroy();
  } else if (fault?.kind === 'wrong-etag') await sendAnswer(response, { ...answer, headers: { etag: '"0123"' } });
  else await sendAnswer(response, answer);
}

/** Sends the headers and so many bytes of the body, and waits until they are on their way. */
async function sendBeginning(
  response: ServerResponse,
  { status, headers, body }: S3Answer,
  bytes: number,
): Promise<void> {
  response.writeHead(status, headers);
  response.flushHeaders();
  let left = bytes;
  for await (const chunk of typeof body === 'string' ? [Buffer.from(body)] : (body ?? [])) {
    const piece = chunk.subarray(0, left);
    left -= piece.length;
    await new Promise<void>((resolve, reject) => {
      response.write(piece, (error) => (error ? reject(error) : resolve()));
    });
    if (left === 0) return;
  }
}

/** The body as it comes, counted; the connection is reset once so many bytes of it have come. */
async function* countedBody(
  message: IncomingMessage,
  record: RecordedS3Request,
  resetAfterBytes: number,
): AsyncGenerator<Buffer> {
  for await (const chunk of message as AsyncIterable<Buffer>) {
    record.bodyBytes += chunk.length;
    if (record.bodyBytes >= resetAfterBytes) {
      message.socket.resetAndDestroy();
      return;
    }
    yield chunk;
  }
}

function readStored({ bytes, etag, headers }: StoredObject): StoredS3Object {
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), value]);
  return {
    body: Buffer.concat(bytes.files.map(({ path }) => readFileSync(path))),
    etag,
    contentType: headers['content-type'] ?? '',
    metadata: Object.fromEntries(metadata) as Record<string, string>,
  };
}

/** Of the part that has just been stored. */
function dropLastByte(s3: S3Server, { bucket, query, partNumber }: RecordedS3Request): void {
  const upload = s3.buckets.get(bucket)?.uploads.get(query.get('uploadId') ?? '');
  const file = upload?.parts.get(partNumber)?.file;
  if (!file) return;
  file.sizeBytes -= 1;
  truncateSync(file.path, file.sizeBytes);
}
