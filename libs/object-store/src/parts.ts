import type { Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { PartBuffers } from './part-buffers.ts';

/** A part ready to be sent. `buffer` is lent and goes back once S3 has the part; `body` is the filled share of it. */
export interface Part {
  number: number;
  body: Buffer;
  buffer: Buffer;
  crc32: number;
}

interface PartsOptions {
  buffers: PartBuffers;
  hash: Hash;
  partSizeBytes: (partNumber: number) => number;
}

/** Cuts a stream of chunks of any size into parts, hashing on the way. An empty source is one empty part. */
export async function* partsOf(
  chunks: AsyncIterable<Uint8Array>,
  { buffers, hash, partSizeBytes }: PartsOptions,
): AsyncGenerator<Part> {
  let filling = emptyPart(1);
  for await (const chunk of chunks) {
    hash.update(chunk);
    for (let rest = chunk; rest.length > 0;) {
      // A full part is sent only when more follows, so the last part is never an empty one behind a full one.
      if (filling.body.length === filling.buffer.length) {
        yield filling;
        filling = emptyPart(filling.number + 1);
      }
      rest = fill(filling, rest);
    }
  }
  yield filling;

  function emptyPart(number: number): Part {
    const buffer = buffers.take(partSizeBytes(number));
    return { number, buffer, body: buffer.subarray(0, 0), crc32: 0 };
  }
}

/** Copies into a part what it has room for; returns what is left over. */
function fill(part: Part, bytes: Uint8Array): Uint8Array {
  const start = part.body.length;
  const taken = bytes.subarray(0, part.buffer.length - start);
  part.buffer.set(taken, start);
  part.body = part.buffer.subarray(0, start + taken.length);
  part.crc32 = crc32(taken, part.crc32);
  return bytes.subarray(taken.length);
}
