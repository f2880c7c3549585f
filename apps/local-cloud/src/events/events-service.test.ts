import type { BusEvent } from '../endpoint/service.ts';
import { createEventsService } from './events-service.ts';

const emitted: BusEvent[] = [];
const { actions } = createEventsService({ accountId: '111111111111', region: 'eu-central-1' }, [], (event) => {
  emitted.push(event);
});
const put = (padding: number) =>
  actions['PutEvents']?.(
    { Entries: [{ Source: 'ops', DetailType: 'x', Detail: JSON.stringify({ p: 'x'.repeat(padding) }) }] },
    { principal: { kind: 'account' }, requestId: 'id' },
  );

describe('PutEvents', () => {
  it('takes entries below 262,144 bytes, all their fields together, and emits nothing of larger ones', async () => {
    // {"p":""} has 8 bytes, source and type have 4.
    await expect(put(262_131)).resolves.toMatchObject({ FailedEntryCount: 0 });
    await expect(put(262_132)).rejects.toMatchObject({ code: 'ValidationException' });
    expect(emitted).toHaveLength(1);
  });
});
