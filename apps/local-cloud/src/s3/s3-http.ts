import { asAwsError, type HttpService } from '../endpoint/aws-call-router.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { HttpAnswer, HttpRequest } from '../endpoint/http-exchange.ts';
import type { CallContext } from '../endpoint/service.ts';
import { xmlElement } from '../endpoint/xml.ts';
import type { MultipartUploads } from './multipart-uploads.ts';
import type { ObjectServer } from './object-server.ts';
import { findS3Operation, pathOf, type S3Operation } from './s3-operation.ts';

export interface S3HttpOptions {
  objects: ObjectServer;
  uploads: MultipartUploads;
  region: string;
  /** Throws when the caller may not do this. */
  authorize: (operation: S3Operation, request: HttpRequest, context: CallContext) => void;
  /** Whether the caller may know that a key of the bucket is not there. */
  mayList: (operation: S3Operation, context: CallContext) => boolean;
  log: (line: string) => void;
}

/** S3 over its own HTTP paths: rights, conditions and the lists that `fauxqs` lacks, then `fauxqs`. */
export function createS3Http(options: S3HttpOptions): HttpService {
  let conditionalWrites: Promise<unknown> = Promise.resolve();

  /** One after the other, so that of two writers who both want to be first only one is. */
  const writeIfAbsent = (operation: S3Operation, request: HttpRequest): Promise<HttpAnswer> => {
    const write = async (): Promise<HttpAnswer> => {
      const existing = await options.objects.send({
        ...request,
        ...objectOf(operation),
        method: 'HEAD',
        body: Buffer.alloc(0),
      });
      if (existing.status !== 404) {
        throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
      }
      return send(options, operation, request);
    };
    const written = conditionalWrites.then(write);
    conditionalWrites = written.catch(() => undefined);
    return written;
  };

  return async (request, context) => {
    try {
      const operation = findS3Operation(request);
      if (!operation) {
        throw new AwsError(
          'NotImplemented',
          'A header or query you provided implies functionality that is not implemented.',
          501,
        );
      }
      options.authorize(operation, request, context);
      const isConditional = request.headers['if-none-match'] === '*' && CONDITIONAL.has(operation.name);
      const answer = isConditional ? await writeIfAbsent(operation, request) : await send(options, operation, request);
      if (answer.status === 404 && READS.has(operation.name) && !options.mayList(operation, context)) {
        throw new AwsError('AccessDenied', 'Access Denied', 403);
      }
      return answer;
    } catch (error) {
      return refuse(asAwsError(error, options.log), request, context, options.log);
    }
  };
}

const CONDITIONAL = new Set(['PutObject', 'CompleteMultipartUpload']);
const READS = new Set(['GetObject', 'HeadObject']);

const objectOf = ({ bucket, key }: S3Operation) => ({
  path: `/${[bucket, ...key.split('/')].map(encodeURIComponent).join('/')}`,
  query: new URLSearchParams(),
});

async function send(options: S3HttpOptions, operation: S3Operation, request: HttpRequest): Promise<HttpAnswer> {
  const { objects, uploads, region } = options;
  const uploadId = request.query.get('uploadId') ?? '';
  const toObjects = () => objects.send({ ...request, path: pathOf(request) });
  switch (operation.name) {
    case 'GetBucketLocation':
      return xml(`<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${region}</LocationConstraint>`);
    case 'GetBucketVersioning':
      return xml('<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>');
    case 'ListMultipartUploads': {
      const bucket = await objects.send({ ...request, path: `/${operation.bucket}`, query: new URLSearchParams() });
      return bucket.status === 200
        ? xml(uploads.listUploads(operation.bucket, request.query.get('prefix') ?? ''))
        : bucket;
    }
    case 'ListParts': {
      const parts = uploads.listParts(uploadId);
      if (parts === undefined)
        throw new AwsError('NoSuchUpload', 'The specified multipart upload does not exist.', 404);
      return xml(parts);
    }
    default: {
      const answer = await toObjects();
      if (answer.status < 300) follow(uploads, operation, request, answer);
      return answer;
    }
  }
}

/** Keeps the list of multipart uploads up to date with what `fauxqs` has just done. */
function follow(uploads: MultipartUploads, operation: S3Operation, request: HttpRequest, answer: HttpAnswer): void {
  const uploadId = request.query.get('uploadId') ?? '';
  switch (operation.name) {
    case 'CreateMultipartUpload':
      uploads.begin(/<UploadId>([^<]+)</.exec(answer.body.toString())?.[1] ?? '', operation);
      break;
    case 'UploadPart':
      uploads.addPart(uploadId, Number(request.query.get('partNumber')), {
        etag: answer.headers['etag'] ?? '',
        sizeBytes: Number(request.headers['x-amz-decoded-content-length'] ?? request.body.length),
      });
      break;
    case 'CompleteMultipartUpload':
    case 'AbortMultipartUpload':
      uploads.end(uploadId);
      break;
  }
}

const xml = (body: string): HttpAnswer => ({ status: 200, headers: { 'content-type': 'application/xml' }, body });

function refuse(
  { code, message, statusCode }: AwsError,
  request: HttpRequest,
  { requestId }: CallContext,
  log: (line: string) => void,
): HttpAnswer {
  log(`s3 ${request.method} ${request.path} refused: ${code}: ${message}`);
  const status = code === 'AccessDeniedException' || code === 'AccessDenied' ? 403 : statusCode;
  const error = {
    Code: code === 'AccessDeniedException' ? 'AccessDenied' : code,
    Message: message,
    RequestId: requestId,
  };
  return { ...xml(xmlElement('Error', error)), status };
}
