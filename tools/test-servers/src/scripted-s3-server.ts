import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nextFault, type S3Fault, type ScriptedS3Fault } from './s3-fault.ts';
import { decodeBody, readS3Request, type S3Request } from './s3-request.ts';
import { idOf, s3Error, S3Storage, type S3Answer, type StoredS3Object } from './s3-storage.ts';

/** A request that came, with the size of what it carried. */
export interface RecordedS3Request extends S3Request {
  bodyBytes: number;
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
  /** Keys of the multipart uploads that were neither completed nor aborted. */
  openUploads(): string[];
  stop(): Promise<void>;
}

/** Plays S3 over its REST protocol, objects held in memory, with faults as scripted. */
export async function startScriptedS3Server({
  buckets = ['backups'],
  script = [],
}: { buckets?: readonly string[]; script?: ScriptedS3Fault[] } = {}): Promise<ScriptedS3Server> {
  const storage = new S3Storage(buckets);
  const recorded: RecordedS3Request[] = [];
  const server = createServer((message, response) => {
    const request = readS3Request(message);
    if (!request) {
      send(s3Error(501, 'NotImplemented', `Not played: ${message.method} ${message.url}`), response);
      return;
    }
    const record = { ...request, bodyBytes: 0 };
    recorded.push(record);
    void play(nextFault(script, request), { storage, record, message, response });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    clientConfig: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
      forcePathStyle: true,
    },
    recorded,
    script,
    object: (bucket, key) => storage.objects.get(idOf({ bucket, key })),
    openUploads: () => [...storage.uploads.values()].map((upload) => upload.key),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Exchange {
  storage: S3Storage;
  record: RecordedS3Request;
  message: IncomingMessage;
  response: ServerResponse;
}

async function play(fault: S3Fault | undefined, { storage, record, message, response }: Exchange): Promise<void> {
  if (fault?.kind === 'stall') {
    message.pause();
    return;
  }
  const body = await readBody(message, record, fault?.kind === 'reset' ? fault.afterBytes : Infinity);
  if (!body) return;
  if (fault?.kind === 'error') {
    send(s3Error(fault.status, fault.code, fault.message ?? `scripted ${fault.code}`), response);
    return;
  }
  if (fault?.kind === 'error-in-200') {
    send({ ...s3Error(0, fault.code, `scripted ${fault.code}`), status: 200 }, response);
    return;
  }
  const answer = storage.answer(record, body);
  if (fault?.kind === 'truncated-store') dropLastByte(storage, record);
  if (fault?.kind === 'lost-reply') message.socket.destroy();
  else if (fault?.kind === 'wrong-etag') send({ ...answer, headers: { etag: '"0123"' } }, response);
  else send(answer, response);
}

/** The whole body; undefined when the client went away, or was reset after `resetAfterBytes`. */
async function readBody(
  message: IncomingMessage,
  record: RecordedS3Request,
  resetAfterBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      record.bodyBytes += chunk.length;
      if (record.bodyBytes >= resetAfterBytes) {
        message.socket.resetAndDestroy();
        return undefined;
      }
    }
  } catch {
    return undefined;
  }
  return decodeBody(Buffer.concat(chunks), message.headers);
}

function dropLastByte(storage: S3Storage, { query, partNumber }: S3Request): void {
  const part = storage.uploads.get(query.get('uploadId') ?? '')?.parts.get(partNumber);
  if (part) part.body = part.body.subarray(0, -1);
}

function send(answer: S3Answer, response: ServerResponse): void {
  response.writeHead(answer.status, { 'content-type': 'application/xml', ...answer.headers });
  // The answer to a HEAD has the headers of its body and no body; Node drops it.
  response.end(answer.body);
}
