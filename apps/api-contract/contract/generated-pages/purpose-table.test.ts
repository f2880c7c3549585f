import { purposeTable } from './purpose-table.ts';

describe('the table of purposes', () => {
  it('has a row for each purpose, also for one that no job has', () => {
    expect(purposeTable().replaceAll(/ +/g, ' ').split('\n').slice(2)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\| `backup` \| .*`db_backup`/), '| `restore` | none |']),
    );
  });
});
