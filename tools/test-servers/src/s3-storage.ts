import { createHash, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { S3Operation, S3Request } from './s3-request.ts';

/** An object as it is stored. `metadata` has the names after `x-amz-meta-`. */
export interface StoredS3Object {
  body: Buffer;
  etag: string;
  contentType: string;
  metadata: Record<string, string>;
}

/** What a request is answered with. */
export interface S3Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

interface Part {
  body: Buffer;
  etag: string;
}

interface OpenUpload {
  bucket: string;
  key: string;
  headers: S3Request['headers'];
  parts: Map<number, Part>;
}

const MIN_PART_BYTES = 5 * 1024 * 1024;

/** Buckets, objects and multipart uploads in memory, with the checks that the code under test relies on S3 for. */
export class S3Storage {
  readonly objects = new Map<string, StoredS3Object>();
  readonly uploads = new Map<string, OpenUpload>();
  readonly #buckets: ReadonlySet<string>;
  readonly #operations: Record<S3Operation, (request: S3Request, body: Buffer) => S3Answer> = {
    PutObject: (request, body) => this.#put(request, body),
    HeadObject: (request) => this.#read(request, false),
    GetObject: (request) => this.#read(request, true),
    ListObjectsV2: (request) => this.#list(request),
    CreateMultipartUpload: (request) => this.#create(request),
    UploadPart: (request, body) => this.#uploadPart(request, body),
    CompleteMultipartUpload: (request, body) => this.#complete(request, body.toString()),
    AbortMultipartUpload: (request) => this.#abort(request),
  };

  constructor(buckets: readonly string[]) {
    this.#buckets = new Set(buckets);
  }

  answer(request: S3Request, body: Buffer): S3Answer {
    if (!this.#buckets.has(request.bucket)) return s3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
    return this.#operations[request.operation](request, body);
  }

  #put(request: S3Request, body: Buffer): S3Answer {
    const refusal = this.#existsAlready(request) ?? badDigest(request, body);
    if (refusal) return refusal;
    return this.#store(request, request.headers, body, md5(body));
  }

  #read(request: S3Request, withBody: boolean): S3Answer {
    const object = this.objects.get(idOf(request));
    if (!object) return s3Error(404, 'NoSuchKey', 'The specified key does not exist.');
    const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
    const headers = {
      'content-type': object.contentType,
      'content-length': String(object.body.length),
      etag: object.etag,
      ...(Object.fromEntries(metadata) as Record<string, string>),
    };
    return { status: 200, headers, ...(withBody && { body: object.body }) };
  }

  #list(request: S3Request): S3Answer {
    const prefix = idOf({ bucket: request.bucket, key: request.query.get('prefix') ?? '' });
    const contents = [...this.objects]
      .filter(([id]) => id.startsWith(prefix))
      .map(([id, object]) => {
        const key = id.slice(request.bucket.length + 1);
        return `<Contents><Key>${key}</Key><Size>${object.body.length}</Size><ETag>${object.etag}</ETag></Contents>`;
      });
    return {
      status: 200,
      body: `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`,
    };
  }

  #create({ bucket, key, headers }: S3Request): S3Answer {
    const uploadId = randomUUID();
    this.uploads.set(uploadId, { bucket, key, headers, parts: new Map() });
    const body = `<Bucket>${bucket}</Bucket><Key>${key}</Key><UploadId>${uploadId}</UploadId>`;
    return { status: 200, body: `<InitiateMultipartUploadResult>${body}</InitiateMultipartUploadResult>` };
  }

  #uploadPart(request: S3Request, body: Buffer): S3Answer {
    const upload = this.#uploadOf(request);
    if (!upload) return noSuchUpload();
    const refusal = badDigest(request, body);
    if (refusal) return refusal;
    const etag = md5(body);
    upload.parts.set(request.partNumber, { body, etag });
    return { status: 200, headers: { etag } };
  }

  #complete(request: S3Request, xml: string): S3Answer {
    const taken = this.#existsAlready(request);
    if (taken) return taken;
    const upload = this.#uploadOf(request);
    if (!upload) return noSuchUpload();

    const named = [...xml.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
      number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
      etag: /<ETag>(.*?)<\/ETag>/.exec(part)?.[1]?.replaceAll('&quot;', '"'),
    }));
    const parts = named.map(({ number, etag }) => {
      const part = upload.parts.get(number);
      return part?.etag === etag ? part : undefined;
    });
    if (parts.length === 0) return s3Error(400, 'MalformedXML', 'The XML you provided was not well-formed');
    if (!parts.every((part) => part !== undefined)) {
      return s3Error(400, 'InvalidPart', 'One or more of the specified parts could not be found.');
    }
    if (parts.slice(0, -1).some((part) => part.body.length < MIN_PART_BYTES)) {
      return s3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed object size.');
    }
    const body = Buffer.concat(parts.map((part) => part.body));
    const expectedBytes = request.headers['x-amz-mp-object-size'];
    if (expectedBytes !== undefined && Number(expectedBytes) !== body.length) {
      return s3Error(400, 'InvalidRequest', 'The provided MpuObjectSize does not match the size of the parts.');
    }
    this.uploads.delete(request.query.get('uploadId') ?? '');
    const etag = `"${createHash('md5').update(body).digest('hex')}-${parts.length}"`;
    this.#store(request, upload.headers, body, etag);
    const result = `<Bucket>${request.bucket}</Bucket><Key>${request.key}</Key><ETag>${etag}</ETag>`;
    return { status: 200, body: `<CompleteMultipartUploadResult>${result}</CompleteMultipartUploadResult>` };
  }

  #abort(request: S3Request): S3Answer {
    if (!this.#uploadOf(request)) return noSuchUpload();
    this.uploads.delete(request.query.get('uploadId') ?? '');
    return { status: 204 };
  }

  #store(request: S3Request, headers: S3Request['headers'], body: Buffer, etag: string): S3Answer {
    const metadata = Object.entries(headers)
      .filter(([name]) => name.startsWith('x-amz-meta-'))
      .map(([name, value]) => [name.slice('x-amz-meta-'.length), String(value)]);
    this.objects.set(idOf(request), {
      body,
      etag,
      contentType: headers['content-type'] ?? 'binary/octet-stream',
      metadata: Object.fromEntries(metadata) as Record<string, string>,
    });
    return { status: 200, headers: { etag } };
  }

  #uploadOf(request: S3Request): OpenUpload | undefined {
    const upload = this.uploads.get(request.query.get('uploadId') ?? '');
    return upload && idOf(upload) === idOf(request) ? upload : undefined;
  }

  #existsAlready(request: S3Request): S3Answer | undefined {
    if (request.headers['if-none-match'] !== '*' || !this.objects.has(idOf(request))) return undefined;
    return s3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
}

/** Where an object stands among those of all buckets. */
export function idOf({ bucket, key }: { bucket: string; key: string }): string {
  return `${bucket}/${key}`;
}

export function s3Error(status: number, code: string, message: string): S3Answer {
  return { status, body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>` };
}

function noSuchUpload(): S3Answer {
  return s3Error(404, 'NoSuchUpload', 'The specified upload does not exist.');
}

/** S3 checks the CRC32 that a request carries, and keeps nothing when it does not fit. */
function badDigest(request: S3Request, body: Buffer): S3Answer | undefined {
  const claimed = request.headers['x-amz-checksum-crc32'];
  if (claimed === undefined) return undefined;
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  if (claimed === checksum.toString('base64')) return undefined;
  return s3Error(400, 'BadDigest', 'The CRC32 you specified did not match what we received.');
}

function md5(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}
