import {
  findS3Call,
  readS3Request,
  refusal,
  sendAnswer,
  type S3Answer,
  type S3Call,
  type S3Server,
} from '@serverless-ops/s3-server';
import { asAwsError } from '../endpoint/aws-call-router.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { StreamingService } from '../endpoint/http-server.ts';
import type { CallContext } from '../endpoint/service.ts';
import { readShortBody } from './short-body.ts';

export interface S3HttpOptions {
  server: S3Server;
  /** Throws when the caller may not do this. `document` is the body of a `DeleteObjects`, empty for all else. */
  authorize: (call: S3Call, document: string, context: CallContext) => void;
  /** Whether the caller may know that a key of the bucket is not there. */
  mayList: (call: S3Call, context: CallContext) => boolean;
  log: (line: string) => void;
}

const READS = new Set(['GetObject', 'HeadObject']);

/** S3 over its own HTTP paths: the rights of the caller, then the server. Bodies are streams both ways. */
export function createS3Http({ server, authorize, mayList, log }: S3HttpOptions): StreamingService {
  const answerTo = async (incoming: Parameters<StreamingService>[0], context: CallContext): Promise<S3Answer> => {
    const call = findS3Call(readS3Request(incoming));
    if (!call) {
      throw new AwsError(
        'NotImplemented',
        'A header or query you provided implies functionality that is not implemented.',
        501,
      );
    }
    // Which keys are to be deleted, and so which rights that takes, is said in the body.
    const document = call.operation === 'DeleteObjects' ? await readShortBody(incoming) : undefined;
    authorize(call, document?.toString('utf8') ?? '', context);
    const answer = await server.answer(call, document ? oneChunk(document) : incoming);
    if (answer.status === 404 && READS.has(call.operation) && !mayList(call, context)) {
      throw new AwsError('AccessDenied', 'Access Denied', 403);
    }
    return answer;
  };

  return async (incoming, response, context) => {
    const answer = await answerTo(incoming, context).catch((error: unknown): S3Answer | undefined => {
      // The client went away in the middle of its body: no connection is left to answer on.
      return incoming.destroyed && !incoming.complete ? undefined : refuse(asAwsError(error, log));
    });
    if (!answer) return;
    if (answer.refusedFor !== undefined) log(`s3 ${incoming.method} ${incoming.url} refused: ${answer.refusedFor}`);
    await sendAnswer(response, { ...answer, headers: { 'x-amz-request-id': context.requestId, ...answer.headers } });
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- what it gives is asynchronous by its type alone
async function* oneChunk(chunk: Buffer): AsyncGenerator<Buffer> {
  yield chunk;
}

/** Codes of the cloud's own services have another form for the same refusal. */
function refuse({ code, message, statusCode }: AwsError): S3Answer {
  const isDenied = code === 'AccessDeniedException' || code === 'AccessDenied';
  return refusal({ code: isDenied ? 'AccessDenied' : code, message, status: isDenied ? 403 : statusCode });
}
