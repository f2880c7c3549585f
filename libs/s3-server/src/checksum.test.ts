import fc from 'fast-check';
import { CHECKSUM_ALGORITHMS, checksumOfParts, startChecksum, type ChecksumAlgorithm } from './checksum.ts';

function checksumOf(algorithm: ChecksumAlgorithm, ...chunks: Uint8Array[]): Buffer {
  const running = startChecksum(algorithm);
  for (const chunk of chunks) running.update(chunk);
  return running.digest();
}

describe('startChecksum', () => {
  // The check values of the catalogue of CRC algorithms (reveng), and of RFC 3720.
  it.each([
    ['crc32', 'cbf43926'],
    ['crc32c', 'e3069283'],
    ['crc64nvme', 'ae8b14860a799888'],
  ] as const)('gives the check value of %s', (algorithm, expected) => {
    expect(checksumOf(algorithm, Buffer.from('123456789')).toString('hex')).toBe(expected);
  });

  it('gives the same for bytes in one piece and in several', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHECKSUM_ALGORITHMS), fc.array(fc.uint8Array()), (algorithm, chunks) => {
        expect(checksumOf(algorithm, ...chunks)).toEqual(checksumOf(algorithm, Buffer.concat(chunks)));
      }),
    );
  });
});

describe('checksumOfParts', () => {
  it('tells the checksum of a whole object from those of its parts', () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.constantFrom('crc32', 'crc32c', 'crc64nvme'), parts, (algorithm, chunks) => {
        const each = chunks.map((chunk) => ({
          value: checksumOf(algorithm, chunk).toString('base64'),
          sizeBytes: chunk.length,
        }));
        const whole = checksumOf(algorithm, Buffer.concat(chunks)).toString('base64');
        expect(checksumOfParts(algorithm, 'FULL_OBJECT', each)).toBe(whole);
      }),
    );
  });

  it('makes a composite one of the checksums and the number of the parts', () => {
    const parts = ['a', 'b'].map((text) => checksumOf('sha256', Buffer.from(text)));
    const values = parts.map((part) => ({ value: part.toString('base64'), sizeBytes: 1 }));
    const expected = `${checksumOf('sha256', ...parts).toString('base64')}-2`;
    expect(checksumOfParts('sha256', 'COMPOSITE', values)).toBe(expected);
  });
});
