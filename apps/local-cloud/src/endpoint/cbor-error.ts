import type { AwsError } from './aws-error.ts';
import type { HttpAnswer } from './http-exchange.ts';

/** A refusal for clients that speak CBOR, as newer ones do to CloudWatch. */
export function cborError({ code, message, statusCode }: AwsError): HttpAnswer {
  const pairs = [text('__type'), text(code), text('message'), text(message)];
  return {
    status: statusCode,
    headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    body: Buffer.concat([Buffer.from([MAP_OF_TWO]), ...pairs]),
  };
}

/** RFC 8949, section 3: major type 5, two pairs. */
const MAP_OF_TWO = 0xa2;

/** RFC 8949, section 3.1: major type 3 with its length in the two bytes that follow. */
const TEXT_WITH_LENGTH_16 = 0x79;

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const head = Buffer.from([TEXT_WITH_LENGTH_16, 0, 0]);
  head.writeUInt16BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}
