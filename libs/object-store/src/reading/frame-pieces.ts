/** Little-endian, at the beginning of every frame (RFC 8878, 3.1.1). */
const MAGIC = 0xfd2fb528;
/** The first of sixteen, of frames that a decoder passes over (RFC 8878, 3.1.2). */
const SKIPPABLE_MAGIC = 0x184d2a50;

const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const;
const BLOCK_TYPE_RLE = 1;

/** What is read next: a field of fixed length, or bytes whose content does not matter here. */
type Expected =
  | { readonly field: 'magic' | 'skippable size' | 'header' | 'block'; readonly bytes: number }
  | { readonly field: 'content'; readonly bytes: number; readonly then: Expected };

const MAGIC_NEXT: Expected = { field: 'magic', bytes: 4 };
const BLOCK_NEXT: Expected = { field: 'block', bytes: 3 };

/**
 * Cuts a stream of zstd frames so that no piece holds bytes of two frames. Node's decoder ends after the frame that a
 * piece begins with, and loses the rest of the piece without an error (Node 24.21).
 *
 * @throws Error when a frame is none, or when the stream ends in the middle of one
 */
export async function* framePieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let expected: Expected = MAGIC_NEXT;
  let left = expected.bytes;
  let hasChecksum = false;
  const field = Buffer.alloc(8);

  const next = (): Expected => {
    if (expected.field === 'content') return expected.then;
    if (expected.field === 'magic') return afterMagic(field.readUInt32LE());
    if (expected.field === 'skippable size') return content(field.readUInt32LE(), MAGIC_NEXT);
    if (expected.field === 'header') {
      hasChecksum = (field.readUInt8() & 4) !== 0;
      return content(restOfHeader(field.readUInt8()), BLOCK_NEXT);
    }
    return afterBlockHeader(field.readUIntLE(0, 3), hasChecksum);
  };

  for await (const chunk of source) {
    let pieceStart = 0;
    let at = 0;
    while (at < chunk.length) {
      const taken = Math.min(left, chunk.length - at);
      if (expected.field !== 'content') field.set(chunk.subarray(at, at + taken), expected.bytes - left);
      at += taken;
      left -= taken;
      while (left === 0) {
        expected = next();
        left = expected.bytes;
        if (expected === MAGIC_NEXT) {
          yield chunk.subarray(pieceStart, at);
          pieceStart = at;
        }
      }
    }
    if (pieceStart < chunk.length) yield chunk.subarray(pieceStart);
  }
  if (expected !== MAGIC_NEXT || left !== MAGIC_NEXT.bytes) throw new Error('it ends in the middle of a zstd frame');
}

function content(bytes: number, then: Expected): Expected {
  return { field: 'content', bytes, then };
}

function afterMagic(magic: number): Expected {
  if (magic === MAGIC) return { field: 'header', bytes: 1 };
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) return { field: 'skippable size', bytes: 4 };
  throw new Error('a zstd frame should begin, and none does');
}

/** Bytes of the header after its descriptor (RFC 8878, 3.1.1.1.1). */
function restOfHeader(descriptor: number): number {
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const windowBytes = isSingleSegment ? 0 : 1;
  const sizeBytes = sizeFlag === 0 && isSingleSegment ? 1 : (CONTENT_SIZE_BYTES[sizeFlag] ?? 0);
  return windowBytes + (DICTIONARY_ID_BYTES[descriptor & 3] ?? 0) + sizeBytes;
}

/** RFC 8878, 3.1.1.2. The decoder refuses the reserved type. */
function afterBlockHeader(header: number, hasChecksum: boolean): Expected {
  const isLast = (header & 1) !== 0;
  const type = (header >> 1) & 3;
  const bytes = type === BLOCK_TYPE_RLE ? 1 : header >> 3;
  if (!isLast) return content(bytes, BLOCK_NEXT);
  return content(bytes + (hasChecksum ? 4 : 0), MAGIC_NEXT);
}
