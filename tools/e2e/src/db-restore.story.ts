import { createRestoreUser, differences, exactFacts, type JobStatus } from '@serverless-ops/test-servers';
import { DATABASE, Stage } from './stage.ts';

/** The account that restores has an environment of its own: the one that backs up may change nothing. */
const RESTORER = { db_name: DATABASE.db_name, db_env: 'restorer', backup_db_env: DATABASE.db_env } as const;
const COPY = 'classicmodels_copy';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
  const password = await createRestoreUser(stage.server, [DATABASE.db_name, COPY]);
  await stage.fileDatabase({ db_user: 'restorer', db_pass: password }, RESTORER.db_env);
  await stage.api.waitFor(
    await stage.api.order({ job_name: 'db_backup', job_options: { ...DATABASE, definer: 'strip' } }),
  );
});

afterAll(() => stage.close());

async function restore(options: object): Promise<JobStatus> {
  return stage.api.waitFor(await stage.api.order({ job_name: 'db_restore', job_options: { ...RESTORER, ...options } }));
}

describe('db_restore', () => {
  it('restores under another name what was backed up, and says what it compared', async () => {
    const { id, state, error, result } = await restore({ target_db_name: COPY, definer: 'strip' });

    expect([state, error]).toEqual(['SUCCEEDED', undefined]);
    expect(result).toMatchObject({ status: 'job complete', target_db_name: COPY, warning_count: 0 });
    const { tables, compared_tables: compared } = result as unknown as Record<'tables' | 'compared_tables', number>;
    expect(compared).toBe(tables);
    const rows = async (database: string): Promise<unknown> => {
      const { facts } = await exactFacts({ server: stage.server, database });
      return [...facts].filter(([what]) => what.startsWith('rows: '));
    };
    expect(await rows(COPY)).toEqual(await rows(DATABASE.db_name));
    expect(await stage.notifiedOnce(id)).toContain('succeeded');
  });

  it('brings a table back that was lost, and touches no other', async () => {
    const before = await exactFacts({ server: stage.server, database: DATABASE.db_name });
    const connection = await stage.server.connect(DATABASE.db_name);
    await connection.query('SET foreign_key_checks = 0');
    await connection.query('DROP TABLE orders');
    await connection.end();

    const { state, error, result } = await restore({ include_tables: ['orders'], definer: 'strip' });

    expect([state, error]).toEqual(['SUCCEEDED', undefined]);
    expect(result).toMatchObject({ tables: 1, compared_tables: 1, target_db_name: DATABASE.db_name });
    const after = await exactFacts({ server: stage.server, database: DATABASE.db_name });
    expect(differences(before, after).filter(({ what }) => !/definer/i.test(what))).toEqual([]);
  });

  it('leaves a target alone that is not empty, and says what is there', async () => {
    const { state, error } = await restore({});

    expect([state, error?.code]).toEqual(['FAILED', 'TargetNotEmpty']);
    expect(error?.cause).toContain('table "orders"');
  });

  it('removes nothing where the settings do not allow it', async () => {
    const { state, error } = await restore({ OVERWRITE_target: true });

    expect([state, error?.code]).toEqual(['FAILED', 'InvalidRequest']);
    expect(error?.cause).toContain('restore.allow_overwrite');
  });
});
