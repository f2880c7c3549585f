import type { DumpTable } from '../dump-table.ts';
import { WorkQueue } from './work-queue.ts';

const GIB = 1024 ** 3;

function table(name: string, estimatedRows: number, estimatedBytes: number): DumpTable {
  return { name, estimatedRows, estimatedBytes } as DumpTable;
}

test('the biggest table comes first, cut into chunks of about 32 MiB', async () => {
  const queue = new WorkQueue([table('small', 10, 1000), table('big', 4_000_000, GIB), table('huge', 1_000, 2 * GIB)]);

  expect(await queue.next()).toMatchObject({ type: 'plan', table: { name: 'huge' } });
  expect(await queue.next()).toMatchObject({ type: 'plan', table: { name: 'big' }, chunkRows: 125_000 });
});

test('statistics that know of no rows do not cut a table into single rows', async () => {
  const queue = new WorkQueue([table('stale', 0, GIB)]);

  expect(await queue.next()).toMatchObject({ type: 'plan', chunkRows: 100 });
});
