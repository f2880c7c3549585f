import { backupsInUse } from './backups-in-use.ts';

const backups = ['1', '2', '3'].map((day) => ({
  backupId: `2026110${day}T000000Z-00000000`,
  finishedAt: new Date(`2026-11-0${day}T01:00:00Z`),
}));
const reader = (backupId: string, startedAt: string) => ({ jobId: 'job', backupId, startedAt: new Date(startedAt) });
const days = (of: ReadonlyMap<string, string>): string[] => [...of.keys()].map((id) => id.slice(7, 8));

describe('the backups in use', () => {
  it('are those that jobs name', () => {
    expect(backupsInUse([reader('20261101T000000Z-00000000', '2026-11-09')], backups)).toEqual(
      new Map([['20261101T000000Z-00000000', 'job']]),
    );
  });

  it.each([
    ['none came since', '2026-11-09T00:00:00Z', ['3']],
    ['one came since', '2026-11-02T12:00:00Z', ['2', '3']],
    ['it began while the first was stored', '2026-11-01T00:30:00Z', ['1', '2', '3']],
  ])('are all that the latest can have been: %s', (_, startedAt, expected) => {
    expect(days(backupsInUse([reader('latest', startedAt)], backups))).toEqual(expected);
  });

  it('are none without a job', () => {
    expect(backupsInUse([], backups)).toEqual(new Map());
  });
});
