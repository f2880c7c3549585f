import { WORKER_JOB_NAMES, WORKER_PURPOSES } from '@serverless-ops/job-schemas';
import { purposeTable } from './purpose-table.ts';

describe('the table of purposes', () => {
  it('has a row for each purpose, and each job in one of them', () => {
    const rows = purposeTable().replaceAll(/ +/g, ' ').split('\n').slice(2);
    expect(rows).toContainEqual(expect.stringMatching(/^\| `backup` \| .*`db_backup`/));
    expect(rows).toHaveLength(WORKER_PURPOSES.length);
    const named = rows.flatMap((row) => (row.split('|')[2] ?? '').split(',').map((job) => job.trim()));
    expect(named.toSorted()).toEqual(WORKER_JOB_NAMES.map((job) => `\`${job}\``).toSorted());
  });
});
