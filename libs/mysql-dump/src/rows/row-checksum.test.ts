import fc from 'fast-check';
import { RowChecksum } from './row-checksum.ts';

function checksumOf(rows: readonly (Buffer | string)[]): string {
  const checksum = new RowChecksum();
  for (const row of rows) {
    const bytes = Buffer.from(row as Buffer);
    checksum.row(bytes, 0, bytes.length);
  }
  return checksum.value;
}

const someRows = fc.array(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  { minLength: 1 },
);

test('keeps its value for ever: manifests of old backups hold it', () => {
  expect(checksumOf([])).toBe('0000000000000000');
  expect(checksumOf(['\x011\x05Alice', '\x012\x03Bob'])).toBe('60a2bd47592ea023');
  expect(checksumOf(['a row of more than eight bytes, and some'])).toBe('104d714fa9e866f0');
});

test('is the same in any order and in any chunks', () => {
  fc.assert(
    fc.property(someRows, fc.nat(), (rows, at) => {
      const [first, second] = [new RowChecksum(), new RowChecksum()];
      rows.forEach((row, index) => (index < at % rows.length ? first : second).row(row, 0, row.length));
      first.add(second.sums());

      expect(checksumOf(rows.toReversed())).toBe(checksumOf(rows));
      expect(first.value).toBe(checksumOf(rows));
      expect(first.rows).toBe(rows.length);
    }),
  );
});

test('is the same wherever in a buffer the row is', () => {
  const row = Buffer.from('0123456789abcdef!');
  const checksum = new RowChecksum();

  checksum.row(Buffer.concat([Buffer.from('xyz'), row, Buffer.from('tail')]), 3, 3 + row.length);

  expect(checksum.value).toBe(checksumOf([row]));
});

test('changes with every bit, and with a row that is lost or doubled', () => {
  fc.assert(
    fc.property(someRows, fc.nat(), fc.nat(), (rows, which, bit) => {
      const row = rows[which % rows.length] ?? Buffer.alloc(0);
      expect(checksumOf([...rows, row])).not.toBe(checksumOf(rows));
      expect(checksumOf(rows.slice(1))).not.toBe(checksumOf(rows));
      if (row.length === 0) return;

      const flipped = Buffer.from(row);
      const at = bit % (8 * row.length);
      flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7));

      expect(checksumOf(rows.map((other) => (other === row ? flipped : other)))).not.toBe(checksumOf(rows));
    }),
    { numRuns: 1000 },
  );
});

test('tells rows apart whose bytes are swapped between its two lanes', () => {
  expect(checksumOf(['aaaabbbb'])).not.toBe(checksumOf(['bbbbaaaa']));
  expect(checksumOf(['aaaabbbbccccdddd'])).not.toBe(checksumOf(['ccccbbbbaaaadddd']));
});
