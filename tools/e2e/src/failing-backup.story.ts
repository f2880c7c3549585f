import { CreateBucketCommand, DeleteBucketCommand } from '@aws-sdk/client-s3';
import { DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { startTcpProxy } from '@serverless-ops/test-servers';
import { DATABASE, DATABASE_PATH, INSTALLATION, Stage } from './stage.ts';

/** Nothing listens there: port 1 needs root, and none of our services uses it. */
const CLOSED_PORT = '1';

const parameter = (name: string): string => `${DATABASE_PATH}/${name}`;

let stage: Stage;

beforeAll(async () => {
  // A retry that waits its full interval would make the story long; that it retries is shown elsewhere.
  stage = await Stage.open({ cloud: { retryIntervalMs: 50 } });
});

afterAll(() => stage.close());

afterEach(async () => {
  try {
    expect(await stage.objects()).toEqual([]);
    expect(await stage.openUploads()).toEqual([]);
  } finally {
    await stage.fileDatabase();
  }
});

/** The job fails under `code`, with a cause that says what to do, and is notified once. */
async function expectFailure(jobId: string, code: string, cause: RegExp): Promise<void> {
  const execution = await stage.ended(jobId);
  expect([execution.status, execution.error]).toEqual(['FAILED', code]);
  expect(execution.cause).toMatch(cause);
  expect(await stage.notifiedOnce(jobId)).toContain(code);
}

describe('a backup', () => {
  it.each([
    [
      'a wrong password',
      { db_pass: 'not the password' },
      'AccessDenied',
      /refused this user and password.*Check db_user/,
    ],
    [
      'an unreachable host',
      { db_port: CLOSED_PORT },
      'DatabaseUnreachable',
      /nothing listens on port 1.*Check db_host/,
    ],
    ['a database that its user may not see', { db_name: 'elsewhere' }, 'AccessDenied', /"elsewhere"/],
    ['a placeholder as password', { db_pass: 'CHANGE_ME' }, 'ParameterInvalid', /db_pass.*placeholder/],
    ['a placeholder as host', { db_host: 'CHANGE_ME' }, 'ParameterInvalid', /db_host.*placeholder/],
  ])('with %s fails, leaves nothing behind and says what to do', async (_, parameters, code, cause) => {
    await stage.fileDatabase(parameters);
    await expectFailure(await stage.orderBackup(), code, cause);
  });

  it('of a database that the server does not have fails', async () => {
    await stage.fileDatabase({ db_user: 'root', db_pass: stage.server.rootPassword, db_name: 'classicmodels_old' });
    await expectFailure(await stage.orderBackup(), 'DatabaseNotFound', /no database of that name.*Check db_name/);
  });

  it('into a bucket that does not exist fails', async () => {
    await stage.s3.send(new DeleteBucketCommand({ Bucket: stage.bucket }));
    try {
      await expectFailure(await stage.orderBackup(), 'BucketNotFound', /There is no bucket .*: create it/);
    } finally {
      await stage.s3.send(new CreateBucketCommand({ Bucket: stage.bucket }));
    }
  });

  it('into a bucket that its role has no rights on fails', async () => {
    await stage.s3.send(new CreateBucketCommand({ Bucket: 'not-ours' }));
    await stage.fileDatabase({ s3_bucket: 'not-ours' });
    await expectFailure(await stage.orderBackup(), 'AccessDenied', /s3:\/\/not-ours/);
    expect(await stage.objects('not-ours')).toEqual([]);
    expect(await stage.openUploads('not-ours')).toEqual([]);
  });

  it('of a database without parameters fails', async () => {
    const id = await stage.api.order({ job_name: 'db_backup', job_options: { db_name: 'nowhere', db_env: 'demo' } });
    await expectFailure(id, 'ParameterMissing', new RegExp(INSTALLATION.databasePath('nowhere', 'demo')));
  });

  it('whose password is filed as plain text fails', async () => {
    await stage.ssm.send(new DeleteParameterCommand({ Name: parameter('db_pass') }));
    await stage.ssm.send(new PutParameterCommand({ Name: parameter('db_pass'), Value: 'plain', Type: 'String' }));
    await expectFailure(await stage.orderBackup(), 'ParameterInvalid', /db_pass.*SecureString/);
    await stage.ssm.send(new DeleteParameterCommand({ Name: parameter('db_pass') }));
  });

  it('whose connection is cut half-way fails, after it was tried again', async () => {
    const proxy = await startTcpProxy({ targetPort: stage.server.port, cutAfterBytes: 1_000_000 });
    try {
      await stage.fileDatabase({ db_port: String(proxy.port) });
      const id = await stage.orderBackup();
      // The first worker is cut off; those after it are reset at once, for the proxy stays cut.
      await expectFailure(id, 'ConnectionLost', /server/);
      const log = (await stage.logLines(INSTALLATION.names.logGroups.mysqlWorker)).filter((line) => line.includes(id));
      expect(log.filter((line) => line.includes('worker started')).length).toBeGreaterThan(1);
    } finally {
      await proxy.close();
    }
  });
});

/** Six times what a new account has vCPUs for. */
const A_CROWD = 36;

describe('a crowd of backups at once', () => {
  it('runs as far as the account has vCPUs; the others are told so, and none suffers from its neighbours', async () => {
    await stage.fileDatabase({ db_pass: 'not the password' });
    const input = JSON.stringify({ job_name: 'db_backup', job_options: DATABASE });
    const stateMachineArn = stage.output('StateMachineArn');
    const run = async (): ReturnType<Stage['ended']> => {
      const { executionArn = '' } = await stage.sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
      return stage.ended(executionArn.split(':').at(-1) ?? '');
    };

    const ends = await Promise.all(Array.from({ length: A_CROWD }, run));

    expect(new Set(ends.map(({ error }) => error))).toEqual(new Set(['AccessDenied', 'TaskNotStarted']));
    const causes = ends.filter(({ error }) => error === 'TaskNotStarted').map(({ cause = '' }) => cause);
    expect(causes.filter((cause) => !/limit on the number of vCPUs|Rate exceeded/.test(cause))).toEqual([]);
  });
});

describe('an execution that is started past the API', () => {
  it.each([
    ['an unknown job', { job_name: 'format_disk', job_options: {} }, /format_disk|job_name/],
    ['a missing option', { job_name: 'db_backup', job_options: { db_name: 'classicmodels' } }, /db_env/],
    [
      'an option of no job',
      { job_name: 'db_backup', job_options: { db_name: 'a', db_env: 'b', purge: true } },
      /purge/,
    ],
    [
      'an option of another job',
      { job_name: 'db_backup', job_options: { db_name: 'a', db_env: 'b', drill: true } },
      /db_backup must have .* nothing else/,
    ],
    [
      'an option of the wrong type',
      { job_name: 'db_backup', job_options: { db_name: 'a', db_env: 'b', engine: 7 } },
      /engine/,
    ],
  ])('with %s fails as InvalidRequest', async (_, request, cause) => {
    const { executionArn = '' } = await stage.sfn.send(
      new StartExecutionCommand({ stateMachineArn: stage.output('StateMachineArn'), input: JSON.stringify(request) }),
    );
    await expectFailure(executionArn.split(':').at(-1) ?? '', 'InvalidRequest', cause);
  });
});
