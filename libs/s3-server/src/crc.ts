import { crc32 } from 'node:zlib';

/** A cyclic redundancy check of 32 or 64 bits, over bytes in the reflected order that all of S3's have. */
export interface Crc {
  bytes: 4 | 8;
  /** Generator polynomial, reflected. */
  polynomial: bigint;
  /** Checksum of the bytes so far and of a chunk after them. */
  update(chunk: Uint8Array, checksum: bigint): bigint;
}

/** Node has this one in native code. */
export const CRC32: Crc = {
  bytes: 4,
  polynomial: 0xedb88320n,
  update: (chunk, checksum) => BigInt(crc32(chunk, Number(checksum))),
};

/** Castagnoli's polynomial: RFC 3720, B.4. */
export const CRC32C: Crc = crcOf(4, 0x82f63b78n);

/** The polynomial of the NVM Express specification, 64 bits. */
export const CRC64NVME: Crc = crcOf(8, 0x9a6c9329ac4bc9b5n);

/** A check by a table of 256 entries, its halves apart because numbers of 64 bits are slow in JavaScript. */
function crcOf(bytes: 4 | 8, polynomial: bigint): Crc {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let index = 0; index < 256; index += 1) {
    let value = BigInt(index);
    for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    high[index] = Number(value >> 32n);
    low[index] = Number(value & 0xffffffffn);
  }
  const inverted = bytes === 8 ? 0xffffffff : 0;
  return {
    bytes,
    polynomial,
    update: (chunk, checksum) => {
      let upper = (Number(checksum >> 32n) ^ inverted) >>> 0;
      let lower = ~Number(checksum & 0xffffffffn) >>> 0;
      for (const byte of chunk) {
        const entry = (lower ^ byte) & 0xff;
        lower = ((lower >>> 8) | (upper << 24)) ^ (low[entry] ?? 0);
        upper = (upper >>> 8) ^ (high[entry] ?? 0);
      }
      return (BigInt((upper ^ inverted) >>> 0) << 32n) | BigInt(~lower >>> 0);
    },
  };
}

/** Checksum of two texts in a row, from the checksum of each: the first one is shifted by the second one's length. */
export function combineCrc({ bytes, polynomial }: Crc, first: bigint, second: bigint, secondBytes: number): bigint {
  const one = 1n << BigInt(bytes * 8 - 1);
  const multiply = (left: bigint, right: bigint): bigint => {
    let product = 0n;
    let shifted = right;
    for (let bit = one; bit > 0n; bit >>= 1n) {
      if (left & bit) product ^= shifted;
      shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n;
    }
    return product;
  };
  // x^(8 * secondBytes), by squaring.
  let power = one >> 8n;
  let shift = one;
  for (let count = secondBytes; count > 0; count = Math.floor(count / 2)) {
    if (count % 2 === 1) shift = multiply(power, shift);
    power = multiply(power, power);
  }
  return multiply(shift, first) ^ second;
}
