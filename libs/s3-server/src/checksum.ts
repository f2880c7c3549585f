import { createHash } from 'node:crypto';
import { CRC32, CRC32C, CRC64NVME, combineCrc, type Crc } from './crc.ts';

const CRCS = { crc32: CRC32, crc32c: CRC32C, crc64nvme: CRC64NVME } as const;

export const CHECKSUM_ALGORITHMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;

/** A checksum of S3, as its header `x-amz-checksum-<algorithm>` has it. */
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** A checksum of parts (`COMPOSITE`) or of all bytes in a row (`FULL_OBJECT`). */
export type ChecksumType = 'COMPOSITE' | 'FULL_OBJECT';

/** A checksum as S3 writes it: base64, and `-<parts>` after a composite one. */
export interface Checksum {
  algorithm: ChecksumAlgorithm;
  value: string;
}

/** Element of a checksum in S3's XML: `ChecksumCRC32`. */
export const checksumElement = (algorithm: ChecksumAlgorithm): string => `Checksum${algorithm.toUpperCase()}`;

/** The length of the checksum in bytes. */
export const checksumBytes = (algorithm: ChecksumAlgorithm): number =>
  algorithm === 'sha1' ? 20 : algorithm === 'sha256' ? 32 : CRCS[algorithm].bytes;

/** Takes bytes as they come, and gives their checksum. */
export interface RunningChecksum {
  update(chunk: Uint8Array): void;
  digest(): Buffer;
}

export function startChecksum(algorithm: ChecksumAlgorithm | 'md5'): RunningChecksum {
  if (algorithm === 'md5' || algorithm === 'sha1' || algorithm === 'sha256') {
    const hash = createHash(algorithm);
    return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() };
  }
  const crc: Crc = CRCS[algorithm];
  let checksum = 0n;
  return {
    update: (chunk) => {
      checksum = crc.update(chunk, checksum);
    },
    digest: () => bytesOf(crc, checksum),
  };
}

/** Checksum of an object of parts, from the checksums and sizes of the parts. */
export function checksumOfParts(
  algorithm: ChecksumAlgorithm,
  type: ChecksumType,
  parts: readonly { value: string; sizeBytes: number }[],
): string {
  if (type === 'COMPOSITE') {
    const running = startChecksum(algorithm);
    for (const { value } of parts) running.update(Buffer.from(value, 'base64'));
    return `${running.digest().toString('base64')}-${parts.length}`;
  }
  const crc: Crc = CRCS[algorithm as keyof typeof CRCS];
  const whole = parts.reduce((checksum, { value, sizeBytes }) => {
    const part = BigInt(`0x${Buffer.from(value, 'base64').toString('hex')}`);
    return combineCrc(crc, checksum, part, sizeBytes);
  }, 0n);
  return bytesOf(crc, whole).toString('base64');
}

const bytesOf = ({ bytes }: Crc, checksum: bigint): Buffer =>
  Buffer.from(checksum.toString(16).padStart(bytes * 2, '0'), 'hex');
