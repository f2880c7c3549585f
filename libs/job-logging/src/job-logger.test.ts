import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
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

  it('keeps code, stack and causes of an error, and nothing else that hangs on it', () => {
    const { logger, lines } = recordingLogger();
    const refused = Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      $response: { body: 'x' },
    });
    const both = new AggregateError([refused], 'all addresses failed');

    logger.error({ err: new Error('no connection', { cause: both }) }, 'gave up');

    expect(lines[0]?.['err']).toEqual({
      type: 'Error',
      message: 'no connection',
      stack: expect.stringContaining('no connection') as string,
      cause: {
        type: 'AggregateError',
        message: 'all addresses failed',
        stack: expect.any(String) as string,
        errors: [
          {
            type: 'Error',
            code: 'ECONNREFUSED',
            message: 'connect ECONNREFUSED',
            stack: expect.any(String) as string,
          },
        ],
      },
    });
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
});
