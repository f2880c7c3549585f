import { S3Error } from './s3-error.ts';

/** A body in `aws-chunked`, taken apart. */
export interface AwsChunkedBody {
  /** The bytes that the body carries. */
  data: AsyncIterable<Buffer>;
  /** Headers that came after the data, by name in lower case; complete once `data` is read to its end. */
  trailers: ReadonlyMap<string, string>;
}

/** A line with the size of a chunk and its signature is far below this. */
const MAX_LINE_BYTES = 16_384;

/**
 * Takes the data out of `aws-chunked`: size in hex with an optional signature, CRLF, data, CRLF, ... and trailing headers
 * after the chunk of size 0. Signatures are not checked.
 */
export function readAwsChunked(body: AsyncIterable<Buffer>): AwsChunkedBody {
  const trailers = new Map<string, string>();
  return { data: readData(body, trailers), trailers };
}

async function* readData(body: AsyncIterable<Buffer>, trailers: Map<string, string>): AsyncGenerator<Buffer> {
  let state: 'size' | 'data' | 'data-end' | 'trailers' = 'size';
  let missingBytes = 0;
  let line = '';
  for await (const chunk of body) {
    let offset = 0;
    while (offset < chunk.length) {
      if (state === 'data') {
        const data = chunk.subarray(offset, offset + missingBytes);
        offset += data.length;
        missingBytes -= data.length;
        if (missingBytes === 0) state = 'data-end';
        yield data;
        continue;
      }
      const lineEnd = chunk.indexOf(0x0a, offset);
      line += chunk.toString('latin1', offset, lineEnd === -1 ? chunk.length : lineEnd);
      offset = lineEnd === -1 ? chunk.length : lineEnd + 1;
      if (line.length > MAX_LINE_BYTES) throw malformed();
      if (lineEnd === -1) break;
      const text = line.replace(/\r$/, '');
      line = '';
      if (state === 'data-end') {
        if (text !== '') throw malformed();
        state = 'size';
      } else if (state === 'size') {
        const size = /^([\da-fA-F]{1,12})(?:;|$)/.exec(text)?.[1];
        if (size === undefined) throw malformed();
        missingBytes = Number.parseInt(size, 16);
        state = missingBytes === 0 ? 'trailers' : 'data';
      } else {
        const colon = text.indexOf(':');
        if (colon > 0) trailers.set(text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim());
      }
    }
  }
  if (state !== 'trailers') throw new S3Error('IncompleteBody');
}

const malformed = () => new S3Error('InvalidRequest', 'The body is not in the aws-chunked encoding that it claims.');
