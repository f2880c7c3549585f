import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPasswordAdmin } from '@serverless-ops/test-servers';
import { DATABASE, INSTALLATION, Stage, WORKSPACE_ROOT } from './stage.ts';

const run = promisify(execFile);

const STAGING = { db_name: DATABASE.db_name, db_env: 'staging' };

interface Outcome {
  readonly code: number;
  readonly output: string;
}

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open({ rows: 500 });
});
afterAll(() => stage.close());

/** Runs `ops` as an engineer does, without a terminal; `variables` are what `--from-env` takes values from. */
async function ops(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const bin = join(WORKSPACE_ROOT, 'node_modules', '.bin');
  const env = { PATH: `${bin}:/usr/bin:/bin`, ...stage.cloud.environment, ...variables };
  try {
    const { stdout, stderr } = await run(join(bin, 'ops'), args, { env });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

describe('an engineer who files a database', () => {
  it('writes its settings and password, and finds nothing to mend', async () => {
    const fromEnv = ['db_host=HOST', 'db_port=PORT', 'db_user=BACKUP_USER', 'db_pass=BACKUP_PASS', 's3_bucket=BUCKET'];
    const pushed = await ops(
      [
        'params',
        'push',
        STAGING.db_name,
        STAGING.db_env,
        's3_path',
        ...fromEnv.flatMap((each) => ['--from-env', each]),
        '--from-env',
        's3_path=FOLDER',
      ],
      {
        HOST: stage.server.host,
        PORT: String(stage.server.port),
        BACKUP_USER: 'backup',
        BACKUP_PASS: stage.backupPassword,
        BUCKET: stage.bucket,
        FOLDER: INSTALLATION.backupsPath,
      },
    );
    const checked = await ops(['params', 'check', STAGING.db_name, STAGING.db_env, '--decrypt']);

    expect(pushed.output).toContain('SecureString');
    expect(pushed.output).not.toContain(stage.backupPassword);
    expect([pushed.code, checked.code]).toEqual([0, 0]);
  });

  it('can have it backed up', async () => {
    const id = await stage.api.order({ job_name: 'db_backup', job_options: STAGING });

    expect(await stage.api.waitFor(id)).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('says what a change of a password lacks, writes it, and can have the password changed', async () => {
    const admin = await createPasswordAdmin(stage.server, DATABASE.db_name);
    await stage.server.query("CREATE USER 'mary'@'%' IDENTIFIED BY 'long ago'");
    const where = [STAGING.db_name, STAGING.db_env];
    const register = ['--user', 'mary', '--register', 'application'];
    await ops(['params', 'push', ...where, ...register, '--from-env', 'password=MARY'], {
      MARY: 'a new and better one',
    });

    const before = await ops(['params', 'check', ...where]);
    await ops(['params', 'push', ...where, '--admin', '--from-env', 'db_user=A', '--from-env', 'db_pass=B'], {
      A: 'password_admin',
      B: admin,
    });
    const after = await ops(['params', 'check', ...where]);
    const id = await stage.api.order({ job_name: 'password_change', job_options: { ...STAGING, db_user: 'mary' } });
    const job = await stage.api.waitFor(id);

    expect(before.code).toBe(1);
    expect(before.output).toContain('--admin');
    expect(after.code).toBe(0);
    expect(job).toMatchObject({ state: 'SUCCEEDED', result: { changed: true } });
  });
});
