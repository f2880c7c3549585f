import { apiTables } from './api-tables.ts';

const rows = (region: string): string[] => (apiTables()[region] ?? '').replaceAll(/ +/g, ' ').split('\n');

describe('the tables of docs/api.md', () => {
  it('say of a job what it must and may have, and what it reports', () => {
    expect(rows('job kinds')).toEqual(
      expect.arrayContaining([
        '| `run_script` | `script`; may have `args`, and `db_name` and `db_env` (both, or neither of them) | `status`, `exit_code`, `last_lines`, `duration_ms` |',
        expect.stringMatching(
          /^\| `db_backup` \| `db_name`, `db_env`; may have `engine`, `parallelism`, `include_tables`, `exclude_tables`, `definer` \| `status`, `backup_id`, /,
        ),
      ]),
    );
  });

  it('say of an option whose it is, its type, and what it means', () => {
    expect(rows('job options')).toContain(
      '| `args` | `run_script` | array of string | Arguments of the script. Not for secrets: they are visible in histories and process lists.; default: [] |',
    );
  });

  it('say of an error code whether it is retried', () => {
    expect(rows('error codes')).toContain(
      '| `ConnectionLost` | yes | The job lost its connection to the database server. |',
    );
  });

  it('are as wide as their longest cell', () => {
    expect(new Set((apiTables()['problems'] ?? '').split('\n').map(({ length }) => length)).size).toBe(1);
  });
});
