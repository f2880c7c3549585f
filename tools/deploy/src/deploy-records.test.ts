import { createDeployRecords, describeRecord } from './deploy-records.ts';
import { memoryStore } from './testing/memory-store.ts';

describe('the record of a deploy', () => {
  it('is in Parameter Store, one for each project', async () => {
    const memory = memoryStore();
    const records = createDeployRecords(memory.store, '/ops');

    await records.write('infra', { state: 'deployed', commit: 'c0ffee', fingerprint: 'f1' });

    expect(memory.parameters).toEqual({
      '/ops/deployed/infra': '{"state":"deployed","commit":"c0ffee","fingerprint":"f1"}',
    });
    await expect(records.find('infra')).resolves.toEqual({ state: 'deployed', commit: 'c0ffee', fingerprint: 'f1' });
    await expect(records.projects()).resolves.toEqual(['infra']);
  });

  it('is gone once it is forgotten', async () => {
    const records = createDeployRecords(memoryStore({ '/ops/deployed/infra': '{}' }).store, '/ops');

    await records.forget('infra');

    await expect(records.projects()).resolves.toEqual([]);
  });

  it.each(['', 'deployed', '{}', '{"state":"deployed"}', '{"state":"done","fingerprint":"f1"}'])(
    'counts as none when it says %j',
    async (text) => {
      const records = createDeployRecords(memoryStore({ '/ops/deployed/infra': text }).store, '/ops');

      await expect(records.find('infra')).resolves.toBeUndefined();
    },
  );

  it.each([
    [undefined, 'never deployed here'],
    [{ state: 'deployed', commit: 'c0ffee', fingerprint: 'f1' } as const, 'deployed from c0ffee'],
    [{ state: 'deployed', fingerprint: 'f1' } as const, 'deployed from changes that were not committed'],
    [{ state: 'destroying' } as const, 'destroying did not succeed'],
  ])('reads well: %j', (record, text) => {
    expect(describeRecord(record)).toBe(text);
  });
});
