import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { JobError } from '@serverless-ops/job-schemas';
import { createJobLogger, type JobLogger } from './index.ts';

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** A logger whose lines are kept, parsed. */
function recordingLogger(): JobLogger & { lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { ...createJobLogger({ fields: { job_id: 'job-1', job_name: 'db_backup' }, destination }), lines };
}

describe('the log of a job', () => {
  it("has a JSON object a line, with a level in words, an ISO time and the job's fields", () => {
    const { logger, lines } = recordingLogger();

    logger.warn({ rows: 3 }, 'half done');
    logger.child({ stream: 'stderr' }).info('from the script');

    const job = { time: expect.stringMatching(TIME) as string, job_id: 'job-1', job_name: 'db_backup' };
    expect(lines).toEqual([
      { level: 'warn', ...job, rows: 3, msg: 'half done' },
      { level: 'info', ...job, stream: 'stderr', msg: 'from the script' },
    ]);
  });

  it('leaves out what is below its level', () => {
    const { logger, lines } = recordingLogger();

    logger.debug('detail');

    expect(lines).toEqual([]);
  });

  it('keeps code, stack and causes of an unexpected error, and nothing else that hangs on it', () => {
    const { logger, lines } = recordingLogger();
    const refused = Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      $response: { body: 'x' },
    });
    const both = new AggregateError([refused], 'all addresses failed');

    logger.error({ err: new Error('no connection', { cause: both }) }, 'gave up');

    const stack = expect.stringMatching(/^at /) as string;
    expect(lines[0]?.['err']).toEqual({
      type: 'Error',
      message: 'no connection',
      stack,
      cause: {
        type: 'AggregateError',
        message: 'all addresses failed',
        stack,
        errors: [{ type: 'Error', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED', stack }],
      },
    });
  });

  it('says once why a job failed, without a stack', () => {
    const { logFailure, lines } = recordingLogger();
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const cause = new Error('no connection', { cause: refused });

    logFailure(new JobError('DatabaseUnreachable', 'There is no way to db.example: connect ECONNREFUSED.', { cause }));

    expect(lines).toEqual([
      {
        level: 'error',
        time: expect.stringMatching(TIME) as string,
        job_id: 'job-1',
        job_name: 'db_backup',
        error: 'DatabaseUnreachable',
        cause: {
          type: 'Error',
          message: 'no connection',
          cause: { type: 'Error', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' },
        },
        msg: 'There is no way to db.example: connect ECONNREFUSED.',
      },
    ]);
  });

  it('does not repeat the words of a cause that the error has in its own', () => {
    const { logFailure, logger, lines } = recordingLogger();
    const error = new JobError('ScriptFailed', 'The script said: out of paper.', { cause: new Error('out of paper') });

    logFailure(error);
    logger.error({ err: error }, 'failed');

    expect(lines[0]?.['cause']).toEqual({ type: 'Error' });
    expect(lines[1]?.['err']).toEqual({
      type: 'JobError',
      code: 'ScriptFailed',
      message: 'The script said: out of paper.',
      cause: { type: 'Error' },
    });
  });

  it('has the stack of the unexpected cause of an InternalError', () => {
    const { logFailure, lines } = recordingLogger();

    logFailure(JobError.from(new TypeError('x is not a function')));

    expect(lines[0]?.['cause']).toEqual({ type: 'TypeError', stack: expect.stringMatching(/^at /) as string });
  });

  it('survives an error that causes itself', () => {
    const { logger, lines } = recordingLogger();
    const error = new Error('round');
    error.cause = error;

    logger.error(error);

    expect(lines[0]?.['msg']).toBe('round');
  });

  it('loses no line, however the process ends', async () => {
    const program = `
      import { createJobLogger } from '${import.meta.dirname}/index.ts';
      const { logger } = createJobLogger({ fields: { job_id: 'job-1' } });
      for (let line = 1; line <= 5000; line++) logger.info({ line }, 'x'.repeat(200));
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });

    const printed = await text(child.stdout);

    const lines = printed.trimEnd().split('\n');
    expect(lines).toHaveLength(5_000);
    expect(lines.at(-1)).toContain('"line":5000');
  });

  it('writes 20,000 lines in seconds through a pipe whose reader takes its time', async () => {
    // Looking at `process.stdout` makes the pipe one that does not block, as it is in many containers.
    const program = `
      import { createJobLogger } from '${import.meta.dirname}/index.ts';
      process.stdout.isTTY;
      const { logger } = createJobLogger({ fields: { job_id: 'job-1' } });
      for (let line = 1; line <= 20_000; line++) logger.info({ line }, 'x'.repeat(200));`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const startedMs = performance.now();

    let bytes = 0;
    for await (const chunk of child.stdout) {
      bytes += (chunk as Buffer).length;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }

    // Sleeping 100 ms whenever the pipe is full made it ten seconds and more.
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect(bytes).toBeGreaterThan(20_000 * 200);
  });
});
