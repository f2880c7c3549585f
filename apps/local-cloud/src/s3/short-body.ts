import { AwsError } from '../endpoint/aws-error.ts';

/** 1,000 keys of 1,024 bytes, the most of one `DeleteObjects`, are below this even with every character escaped. */
const MAX_BYTES = 8 * 1024 ** 2;

/** Reads a body whole, as far as S3 takes it for a document. */
export async function readShortBody(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BYTES) throw new AwsError('MalformedXML', 'The XML you provided is too long.');
  }
  return Buffer.concat(chunks);
}
