import { constants, zstdCompressSync } from 'node:zlib';

/** Level 1: a stronger one costs more processor time than it saves. The checksum lets `zstd -t` find a flipped bit. */
const ZSTD_PARAMETERS = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 };

/** Of output at a time; what a block becomes mostly fits into one. */
const OUTPUT_BYTES = 512 * 1024;

/** Up to here, Node may take memory from a pool that it shares, which cannot be handed to another thread. */
const COPIED_BYTES = 64 * 1024;

/**
 * A block as one zstd frame, in memory of its own. In a thread that has nothing else to do meanwhile, one call is
 * cheaper than a stream, which hands every block to libuv's threads and back.
 */
export function compressBlock(block: Buffer): Uint8Array<ArrayBuffer> {
  if (block.length > COPIED_BYTES) return zstdCompressSync(block, { chunkSize: OUTPUT_BYTES, params: ZSTD_PARAMETERS });
  return new Uint8Array(zstdCompressSync(block, { params: ZSTD_PARAMETERS }));
}
