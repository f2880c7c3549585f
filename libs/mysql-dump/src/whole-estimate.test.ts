import fc from 'fast-check';
import { WholeEstimate } from './whole-estimate.ts';

const table = (name: string, estimatedRows: number, estimatedBytes: number) => ({
  name,
  estimatedRows,
  estimatedBytes,
});

describe('the estimate of a whole dump', () => {
  it('knows nothing before the first row', () => {
    expect(new WholeEstimate([table('orders', 100, 16_000)]).progress()).toEqual({ rows: 0, bytes: 0 });
  });

  it('learns from the rows that came how many bytes of text the data becomes', () => {
    const whole = new WholeEstimate([table('orders', 100, 16_000), table('lines', 300, 48_000)]);

    whole.read('orders', 50, 2_000);

    // 8,000 of 64,000 bytes of data became 2,000 bytes of text.
    expect(whole.progress()).toEqual({ rows: 50, bytes: 2_000, ofRows: 400, ofBytes: 16_000 });
  });

  it('counts a table that has ended by what it was, not by what the server took it for', () => {
    const whole = new WholeEstimate([table('orders', 100, 16_000), table('lines', 100, 16_000)]);

    whole.read('orders', 30, 1_000);
    whole.chunkEnded('orders');

    expect(whole.progress()).toEqual({ rows: 30, bytes: 1_000, ofRows: 130, ofBytes: 2_000 });
  });

  it('waits for all chunks of a table that was cut', () => {
    const whole = new WholeEstimate([table('orders', 100, 16_000)]);

    whole.cut('orders', 2);
    whole.read('orders', 50, 1_000);
    whole.chunkEnded('orders');

    expect(whole.progress()).toMatchObject({ ofRows: 100, ofBytes: 2_000 });
  });

  it('is never below what has come, whatever the server takes its tables for, and exact at the end', () => {
    const anyTable = fc.record({
      estimatedRows: fc.nat(1_000),
      estimatedBytes: fc.nat(100_000),
      pieces: fc.array(fc.record({ rows: fc.nat(500), bytes: fc.integer({ min: 1, max: 50_000 }) }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(anyTable, { maxLength: 6 }), (tables) => {
        const named = tables.map((each, index) => ({ ...each, name: `t${index}` }));
        const whole = new WholeEstimate(named);
        const expectNotBelow = (): void => {
          const { rows, bytes, ofRows = rows, ofBytes = bytes } = whole.progress();
          expect([ofRows >= rows, ofBytes >= bytes]).toEqual([true, true]);
        };
        for (const { name, pieces } of named) {
          for (const { rows, bytes } of pieces) {
            whole.read(name, rows, bytes);
            expectNotBelow();
          }
          whole.chunkEnded(name);
          expectNotBelow();
        }
        const { rows, bytes, ofRows = rows, ofBytes = bytes } = whole.progress();
        expect({ ofRows, ofBytes }).toEqual({ ofRows: rows, ofBytes: bytes });
      }),
    );
  });
});
