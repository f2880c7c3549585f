import type { S3Call, S3Operation } from '@serverless-ops/s3-server';

/**
 * How a request goes wrong. Only `lost-reply`, `wrong-etag` and `truncated-store` change what is stored: all others
 * leave it as if the request had never come.
 */
export type S3Fault =
  | { kind: 'error'; status: number; code: string; message?: string }
  /** Status 200, and an `<Error>` in the body: S3 does so when a long Complete fails after its headers went out. */
  | { kind: 'error-in-200'; code: string }
  /** The connection stays open; nothing is read from it and nothing answered. */
  | { kind: 'stall' }
  /** The connection is reset once so many bytes of the body have come, or at the end of a shorter body. */
  | { kind: 'reset'; afterBytes: number }
  /** Carried out, and the connection cut instead of an answer. */
  | { kind: 'lost-reply' }
  /** The connection is cut, or falls silent, after so many bytes of the answer's body. */
  | { kind: 'cut-answer' | 'stalled-answer'; afterBytes: number }
  | { kind: 'wrong-etag' }
  /** Answers as if all were well, and has lost the last byte of the body. */
  | { kind: 'truncated-store' };

/** Which requests a fault strikes: the next `times` (1 unless told) of an operation, or of one part's number. */
export interface ScriptedS3Fault {
  operation: S3Operation;
  partNumber?: number;
  times?: number;
  fault: S3Fault;
}

/** Takes the first fault that fits this request off the script, as often as it says. */
export function nextFault(script: ScriptedS3Fault[], request: S3Call): S3Fault | undefined {
  const partNumber = partNumberOf(request);
  const index = script.findIndex(
    (entry) =>
      entry.operation === request.operation && (entry.partNumber === undefined || entry.partNumber === partNumber),
  );
  const entry = script[index];
  if (!entry) return undefined;
  entry.times = (entry.times ?? 1) - 1;
  if (entry.times <= 0) script.splice(index, 1);
  return entry.fault;
}

/** Number of the part of an UploadPart; 0 for every other operation. */
export const partNumberOf = ({ operation, query }: S3Call): number =>
  operation === 'UploadPart' ? Number(query.get('partNumber')) : 0;
