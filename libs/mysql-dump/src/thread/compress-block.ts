import { constants, zstdCompressSync } from 'node:zlib';

/** Level 1: a stronger one costs more processor time than it saves. The checksum lets `zstd -t` find a flipped bit. */
const ZSTD_PARAMETERS = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 };

/** Up to here, Node may take memory from a pool that it shares, which cannot be handed to another thread. */
const COPIED_BYTES = 64 * 1024;

/**
 * A block as one zstd frame, in memory of its own. In a thread that has nothing else to do meanwhile, one call is
 * cheaper than a stream, which hands every block to libuv's threads and back.
 */
export function compressBlock(block: Buffer): Uint8Array<ArrayBuffer> {
  const frame = zstdCompressSync(block, { chunkSize: compressBound(block.length), params: ZSTD_PARAMETERS });
  return block.length > COPIED_BYTES ? frame : new Uint8Array(frame);
}

/**
 * What a block has at most as a frame (`ZSTD_COMPRESSBOUND` of zstd.h, rounded up). With room for it, zstd reads the
 * block where it is; with less, it copies all of it first, which takes a quarter longer.
 */
function compressBound(bytes: number): number {
  return bytes + (bytes >> 8) + 64 * 1024;
}
