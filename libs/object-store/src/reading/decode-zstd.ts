import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { framePieces } from './frame-pieces.ts';

/** Of what comes out, in a piece: with Node's 16 KiB, each of its turns takes two or three trips to its thread. */
const PIECE_BYTES = 256 * 1024;

/**
 * Decodes all zstd frames of a source, one after the other.
 * @throws what the source throws; Error when it is no whole number of frames, or when a frame is damaged
 */
export async function* decodeZstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const zstd = createZstdDecompress({ chunkSize: PIECE_BYTES });
  const piped = pipeline(framePieces(source), zstd);
  // Reported where the pieces are read; this keeps Node from calling it unhandled when nobody reads on.
  piped.catch(() => undefined);
  try {
    yield* zstd as AsyncIterable<Buffer>;
    await piped;
  } finally {
    zstd.destroy();
  }
}
