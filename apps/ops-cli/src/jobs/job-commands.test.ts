import { JOB_KINDS, JOB_NAMES } from '@serverless-ops/job-schemas';
import { AwsRefusedError, OrderUnknownError } from '../errors.ts';
import { startOps, type OpsAtWork } from '../testing/ops-at-work.ts';
import { scriptedJobs } from '../testing/scripted-jobs.ts';
import { jobOptions } from './job-options.ts';

let ops: OpsAtWork;
beforeEach(() => (ops = startOps({ endpoint: 'http://127.0.0.1:9', region: 'eu-central-1' }, '')));
afterEach(() => ops.finish());

const updated_at = '2026-11-30T10:15:01.000Z';
const RUNNING = {
  state: 'RUNNING',
  job_name: 'db_backup',
  progress: { phase: 'dumping', bytes: 5, updated_at },
} as const;
const DONE = {
  state: 'SUCCEEDED',
  job_name: 'db_backup',
  result: { status: 'job complete', tables: 8, incomplete: [] },
} as const;
const FAILED = {
  state: 'FAILED',
  job_name: 'db_backup',
  error: { code: 'DumpFailed', cause: 'Out of luck.' },
} as const;

const THROTTLED = new AwsRefusedError('AWS did not tell about the job (ThrottlingException).', { mayPass: true });
const FORBIDDEN = new AwsRefusedError('Your credentials lack the right to tell about the job.');

describe('an order', () => {
  it('is said by its id alone, so that a script can take it', async () => {
    const jobs = scriptedJobs();

    const { exitCode, said } = await ops.run(['backup', 'shop', 'prod'], { jobs });

    expect(exitCode).toBe(0);
    expect(said).toBe('db_backup-20261130T101500Z-ababab\n');
    expect(jobs.orders).toEqual([
      { id: said.trim(), order: { job_name: 'db_backup', job_options: { db_name: 'shop', db_env: 'prod' } } },
    ]);
  });

  it.each(JOB_NAMES.map((name) => [name, JOB_KINDS[name]] as const))('of a %s has every option', async (name, kind) => {
    const { db_name, db_env, ...given } = kind.example as Record<string, unknown>;
    const jobs = scriptedJobs();
    // A flag says one thing alone: the other is the default.
    const said = jobOptions(kind)
      .map(({ name: option, option: { long, negate } }) => ({
        option,
        flag: String(long),
        negate,
        value: given[option],
      }))
      .filter(({ value, negate }) => typeof value !== 'boolean' || value !== negate);
    const flags = said.flatMap(({ flag, value }) => [
      flag,
      ...(typeof value === 'boolean' ? [] : [value].flat().map(String)),
    ]);
    const database = db_name === undefined ? [] : [db_name, db_env].map(String);

    const words = [name.replace(/^db_/, '').replaceAll('_', '-'), ...database, ...flags];
    const { complained } = await ops.run(words, { jobs });

    expect(complained).toContain(`${name} is ordered.`);
    expect(jobs.orders[0]?.order).toEqual({
      job_name: name,
      job_options: {
        ...(db_name !== undefined && { db_name, db_env }),
        ...Object.fromEntries(said.map(({ option, value }) => [option, value])),
      },
    });
  });

  it('can take back what is the default', async () => {
    const jobs = scriptedJobs();

    await ops.run(['prune', 'shop', 'prod', '--keep-daily', '7', '--no-dry-run'], { jobs });

    expect(jobs.orders[0]?.order.job_options).toMatchObject({ keep_daily: 7, dry_run: false });
  });

  it('that is wrong is not sent, and every problem is said', async () => {
    const jobs = scriptedJobs();

    const { exitCode, complained } = await ops.run(['backup', 'a b', 'prod', '--parallelism', '99'], { jobs });

    expect(exitCode).toBe(2);
    expect(complained).toContain('2 problems:');
    expect(complained).toContain('order.job_options.parallelism');
    expect(jobs.orders).toEqual([]);
  });

  it.each([
    [['prune', 'shop', 'prod', '--keep-daily', '0x10'], 'Write a whole number in decimal digits.'],
    [['prune', 'shop', 'prod', '--keep-daily', '1e2'], 'Write a whole number in decimal digits.'],
    [['prune', 'shop', 'prod', '--keep-daily', ''], 'Write a whole number in decimal digits.'],
    [
      ['prune', 'shop', 'prod', '--keep-daily', '7', '--time-zone', 'Mars/Olympus'],
      'There is no time zone Mars/Olympus.',
    ],
    [['backup', 'shop', 'prod', '--include-tables', ''], 'order.job_options.include_tables.0: Too small'],
    [['backup', 'shop', 'prod', '--exclude-tables', 'a', ''], 'order.job_options.exclude_tables.1: Too small'],
  ])('with a value that no job takes is not sent: %j', async (words, problem) => {
    const jobs = scriptedJobs();

    const { exitCode, complained } = await ops.run(words, { jobs });

    expect(exitCode).toBe(2);
    expect(complained).toContain(problem);
    expect(jobs.orders).toEqual([]);
  });

  it('that AWS refuses ends with 1, and one that may have arrived with 4', async () => {
    const ending = (error: Error) =>
      ops.run(['backup', 'shop', 'prod', '--wait'], {
        jobs: { ...scriptedJobs(), order: () => Promise.reject(error) },
      });

    expect(await ending(FORBIDDEN)).toMatchObject({ exitCode: 1, said: '', complained: `${FORBIDDEN.message}\n` });
    expect(await ending(new OrderUnknownError('No answer.'))).toMatchObject({
      exitCode: 4,
      complained: 'No answer.\n',
    });
  });

  it('can have an id, which must be one', async () => {
    const jobs = scriptedJobs();

    expect(await ops.run(['backup', 'shop', 'prod', '--id', 'nightly-1', '--json'], { jobs })).toMatchObject({
      said: '{"id":"nightly-1"}\n',
      complained: '',
    });
    expect((await ops.run(['backup', 'shop', 'prod', '--id', 'no/id'], { jobs })).exitCode).toBe(2);
    expect(jobs.orders).toHaveLength(1);
  });
});

describe('a job that is watched', () => {
  const watch = ['backup', 'shop', 'prod', '--id', 'j1', '--wait'];

  it('ends with its result and 0', async () => {
    const { exitCode, said, complained } = await ops.run(watch, { jobs: scriptedJobs([RUNNING, RUNNING, DONE]) });

    expect(exitCode).toBe(0);
    expect(said).toBe('db_backup j1 is complete.\nstatus      job complete\ntables      8\nincomplete  none\n');
    expect(complained).toBe('db_backup is ordered: j1\nj1: dumping  5 bytes\n');
  });

  it('ends with its error and 3', async () => {
    const outcome = await ops.run(['watch', 'j1'], { jobs: scriptedJobs([FAILED]) });

    expect(outcome).toMatchObject({ exitCode: 3, said: '' });
    expect(outcome.complained).toBe('db_backup j1 did not succeed: FAILED, DumpFailed.\nOut of luck.\n');
  });

  it('is told to a program as JSON, however it ended', async () => {
    const { exitCode, said } = await ops.run(['watch', 'j1', '--json'], { jobs: scriptedJobs([FAILED]) });

    expect(exitCode).toBe(3);
    expect(JSON.parse(said)).toMatchObject({ id: 'j1', ...FAILED });
  });

  it('is asked for again while AWS throttles', async () => {
    const jobs = scriptedJobs([...Array<Error>(12).fill(THROTTLED), RUNNING, THROTTLED, DONE]);

    const { exitCode, complained } = await ops.run(watch, { jobs });

    expect(exitCode).toBe(0);
    expect(complained).toBe(
      `db_backup is ordered: j1\n${THROTTLED.message}\nops asks again for a minute.\nj1: dumping  5 bytes\n` +
        `${THROTTLED.message}\nops asks again for a minute.\n`,
    );
  });

  it.each([
    ['throttles for more than a minute', THROTTLED],
    ['refuses', FORBIDDEN],
  ])('that was ordered ends with 4 and its id when AWS %s', async (_, refusal) => {
    const { exitCode, said, complained } = await ops.run(watch, { jobs: scriptedJobs([refusal]) });

    expect([exitCode, said]).toEqual([4, '']);
    expect(complained).toMatch(/^db_backup is ordered: j1\n/);
    expect(complained).toContain(
      `${refusal.message}\nHow the job ends is not known. To watch it again: npx ops watch j1\n`,
    );
  });

  it('ends with 4 when nothing more can be read of it, and is told to a program as far as it was known', async () => {
    const seen = await ops.run(['watch', 'j1', '--json'], { jobs: scriptedJobs([RUNNING, FORBIDDEN]) });
    const unseen = await ops.run([...watch, '--json'], { jobs: scriptedJobs([FORBIDDEN]) });

    expect([seen.exitCode, unseen.exitCode]).toEqual([4, 4]);
    expect(JSON.parse(seen.said)).toMatchObject({ id: 'j1', ...RUNNING });
    expect(JSON.parse(unseen.said)).toEqual({ id: 'j1' });
  });

  it('that was not ordered here, and of which nothing can be read, ends with 1', async () => {
    const { exitCode, said, complained } = await ops.run(['watch', 'j1'], { jobs: scriptedJobs([THROTTLED]) });

    expect([exitCode, said]).toEqual([1, '']);
    expect(complained).toBe(`${THROTTLED.message}\nops asks again for a minute.\n${THROTTLED.message}\n`);
  });

  it('that nobody knows ends with 1', async () => {
    expect(await ops.run(['watch', 'j1'])).toMatchObject({
      exitCode: 1,
      complained: 'There is no such job. Check the id.\n',
    });
  });
});

describe('Ctrl-C', () => {
  it.each([
    ['job', ['db_backup j1'], 3],
    ['J', ['db_backup j1'], 3],
    ['watching', [], 130],
    ['', [], 3],
    ['  ', [], 3],
    ['go on', [], 3],
  ])('and the answer "%s"', async (answer, stopped, exitCode) => {
    const jobs = scriptedJobs([RUNNING, FAILED]);

    const outcome = await ops.run(['watch', 'j1'], { jobs, interrupts: 1, answers: [answer] });

    expect(outcome.asked).toEqual(['Stop the job j1, stop watching, or go on? [job/watching/go on] ']);
    expect(outcome.exitCode).toBe(exitCode);
    expect(jobs.stopped).toEqual(stopped);
  });

  it('goes on watching a job that AWS does not stop', async () => {
    const jobs = { ...scriptedJobs([RUNNING, DONE]), stop: () => Promise.reject(FORBIDDEN) };

    const { exitCode, complained } = await ops.run(['watch', 'j1'], { jobs, interrupts: 1, answers: ['job'] });

    expect(exitCode).toBe(0);
    expect(complained).toContain(`${FORBIDDEN.message} The job goes on.\n`);
  });

  it('stops a job that was ordered, also while nothing can be read of it', async () => {
    const jobs = scriptedJobs([THROTTLED, FAILED]);
    const words = ['backup', 'shop', 'prod', '--id', 'j1', '--wait'];

    await ops.run(words, { jobs, interrupts: 1, answers: ['job'] });

    expect(jobs.stopped).toEqual(['db_backup j1']);
  });

  it('tells a program what is known of the job that goes on', async () => {
    const { exitCode, said } = await ops.run(['watch', 'j1', '--json'], {
      jobs: scriptedJobs([RUNNING]),
      interrupts: 1,
    });

    expect(exitCode).toBe(130);
    expect(JSON.parse(said)).toMatchObject({ id: 'j1', ...RUNNING });
  });

  it('without a terminal leaves the job alone, and says how to watch it again', async () => {
    const jobs = scriptedJobs([RUNNING]);

    const { exitCode, complained } = await ops.run(['watch', 'j1'], { jobs, interrupts: 1 });

    expect(exitCode).toBe(130);
    expect(complained).toContain('The job goes on. To watch it again: npx ops watch j1\n');
    expect(jobs.stopped).toEqual([]);
  });
});
