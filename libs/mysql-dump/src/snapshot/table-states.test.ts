import type { Connection } from 'mysql2/promise';
import { assertTablesUnchanged, readTableStates } from './table-states.ts';

const OLD = { name: 'orders', state: 'BASE TABLE|InnoDB|2026-01-01 00:00:00', createdAt: '2026-01-01 00:00:00' };
const MOMENTARY = { ...OLD, state: 'BASE TABLE' };
const ALTERED = { ...OLD, state: 'BASE TABLE|InnoDB|2026-02-01 00:00:00', createdAt: '2026-02-01 00:00:00' };

test('a table that shows its old state again was not altered', async () => {
  const session = showing([OLD], [MOMENTARY], [OLD]);

  await expect(assertTablesUnchanged(session, await readTableStates(session), () => true)).resolves.toBeUndefined();
});

test.each([
  ['altered', [ALTERED], ' (BASE TABLE|InnoDB|2026-01-01 00:00:00, then BASE TABLE|InnoDB|2026-02-01 00:00:00) '],
  ['dropped', [], ' (BASE TABLE|InnoDB|2026-01-01 00:00:00, then not there) '],
])('a table that was %s ends the dump, which tells what it saw', async (_, now, seen) => {
  const session = showing([OLD], now, now);
  const before = await readTableStates(session);

  await expect(assertTablesUnchanged(session, before, () => true)).rejects.toMatchObject({
    code: 'DatabaseBusy',
    message: expect.stringContaining(`"orders" changed${seen}during`) as string,
  });
});

test('a table that is not dumped may change', async () => {
  const session = showing([OLD], []);

  await expect(assertTablesUnchanged(session, await readTableStates(session), () => false)).resolves.toBeUndefined();
});

/** A server that answers each question with the next of these; a real one shows a false moment too rarely. */
function showing(...readings: unknown[][]): Connection {
  const answers = readings.values();
  return { query: () => Promise.resolve([answers.next().value, []]) } as unknown as Connection;
}
