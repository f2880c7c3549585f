import type { IncomingMessage } from 'node:http';

/** One call as it came over the wire. */
export interface RecordedCall {
  /** The part of `X-Amz-Target` after the dot, such as `SendTaskSuccess`. */
  operation: string;
  input: Record<string, unknown>;
}

/** Reads a call of a service that speaks the AWS JSON protocol. */
export async function readCall(request: IncomingMessage): Promise<RecordedCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    operation: String(request.headers['x-amz-target']).split('.')[1] ?? '',
    input: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
  };
}
