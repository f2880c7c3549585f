import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';

const decompress = promisify(zstdDecompress);

/** Little-endian, at the beginning of every frame. The format: RFC 8878, 3.1.1. */
const MAGIC = 0xfd2fb528;
const CHECKSUM_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;
const RLE_BLOCK = 1;
/** Magic number and descriptor. */
const FIRST_BYTES = 5;

/** Frames of a backup hold 1 MiB at most; what is longer takes more than one piece. */
const OUTPUT_BYTES = 1024 ** 2 + 1;

/** A small table is a frame of a few bytes, and would take as much memory as a large one. */
const SMALL_FRAME_BYTES = 16 * 1024;
const SMALL_OUTPUT_BYTES = 64 * 1024;

/** Thrown for bytes that are no whole number of zstd frames. */
export class BrokenFrameError extends Error {
  override readonly name = 'BrokenFrameError';
}

/**
 * What a row of zstd frames holds, one frame at a time. Node's own decoder ends after the first frame of several, and its
 * stream loses what follows without a word. The next frame is decoded in another thread while one is used.
 */
export async function* decodedFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let next: Promise<Buffer> | undefined;
  for await (const frame of frames(source)) {
    const current = next;
    next = decompress(frame, { chunkSize: frame.length < SMALL_FRAME_BYTES ? SMALL_OUTPUT_BYTES : OUTPUT_BYTES });
    // It is waited for a turn later, or by nobody when the reader ends.
    next.catch(() => undefined);
    if (current) yield await decoded(current);
  }
  if (next) yield await decoded(next);
}

async function decoded(frame: Promise<Buffer>): Promise<Buffer> {
  try {
    return await frame;
  } catch (error) {
    throw new BrokenFrameError('a frame cannot be decoded', { cause: error });
  }
}

/** Cuts bytes into whole frames. */
export async function* frames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  let needed = FIRST_BYTES;
  for await (const piece of source) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes < needed) continue;
    let rest = Buffer.concat(pieces, bytes);
    let end = endOfFrame(rest);
    for (; end <= rest.length; end = endOfFrame(rest)) {
      yield rest.subarray(0, end);
      rest = rest.subarray(end);
    }
    pieces = [rest];
    bytes = rest.length;
    needed = end;
  }
  if (bytes > 0) throw new BrokenFrameError('the last frame is not whole');
}

/** Where the frame that these bytes begin with ends; while it is not all there, how many bytes tell more. */
function endOfFrame(bytes: Buffer): number {
  if (bytes.length < FIRST_BYTES) return FIRST_BYTES;
  if (bytes.readUInt32LE(0) !== MAGIC) throw new BrokenFrameError('there is something else than a frame');
  const descriptor = bytes.readUInt8(4);
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  let at = FIRST_BYTES + (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes;
  for (;;) {
    if (at + BLOCK_HEADER_BYTES > bytes.length) return at + BLOCK_HEADER_BYTES;
    const header = bytes.readUIntLE(at, BLOCK_HEADER_BYTES);
    const isLast = (header & 1) === 1;
    at += BLOCK_HEADER_BYTES + (((header >> 1) & 3) === RLE_BLOCK ? 1 : header >> 3);
    if (isLast) return at + ((descriptor & 4) === 0 ? 0 : CHECKSUM_BYTES);
  }
}
