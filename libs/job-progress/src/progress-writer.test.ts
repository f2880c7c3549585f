import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startScriptedAwsEndpoint, type ScriptedAnswer, type ScriptedAwsEndpoint } from '@serverless-ops/test-servers';
import { createProgressWriter, noProgress, type ProgressClock, type ProgressWriter } from './index.ts';

const START_MS = Date.parse('2026-11-22T02:15:30Z');

/** A clock that stands still until it is moved on. */
function manualClock() {
  let nowMs = START_MS;
  let due: { action: () => void; atMs: number } | undefined;
  const clock: ProgressClock = {
    now: () => nowMs,
    setTimeout: (action, delayMs) => {
      due = { action, atMs: nowMs + delayMs };
      return 1 as unknown as NodeJS.Timeout;
    },
    clearTimeout: () => {
      due = undefined;
    },
  };
  const advance = (ms: number): void => {
    nowMs += ms;
    if (!due || due.atMs > nowMs) return;
    const { action } = due;
    due = undefined;
    action();
  };
  return { clock, advance };
}

describe('the progress of a job', () => {
  let endpoint: ScriptedAwsEndpoint;
  let client: DynamoDBClient;
  let errors: unknown[];

  afterEach(async () => {
    client.destroy();
    await endpoint.stop();
  });

  async function writerFor(clock: ProgressClock, answers: ScriptedAnswer[] = []): Promise<ProgressWriter> {
    endpoint = await startScriptedAwsEndpoint(answers);
    client = new DynamoDBClient({ ...endpoint.clientConfig, maxAttempts: 1 });
    errors = [];
    const onError = (error: unknown): unknown => errors.push(error);
    return createProgressWriter({ client, tableName: 'ops-jobs', jobId: 'db_backup-1', clock, onError });
  }

  const writtenBytes = (): unknown[] =>
    endpoint.recorded.map(({ input }) => {
      const values = input['ExpressionAttributeValues'] as { ':progress': { S: string } };
      return (JSON.parse(values[':progress'].S) as { bytes: number }).bytes;
    });

  it("is written into the job's item, kept for 120 days", async () => {
    const { clock } = manualClock();
    const writer = await writerFor(clock);

    writer.report({ phase: 'dumping', bytes: 10, of_bytes: 100 });
    await writer.flush();

    expect(endpoint.recorded).toEqual([
      {
        operation: 'UpdateItem',
        input: {
          TableName: 'ops-jobs',
          Key: { job_id: { S: 'db_backup-1' } },
          UpdateExpression: 'SET #progress = :progress, #expires_at = :expires_at',
          ExpressionAttributeNames: { '#progress': 'progress', '#expires_at': 'expires_at' },
          ExpressionAttributeValues: {
            ':progress': {
              S: '{"phase":"dumping","bytes":10,"of_bytes":100,"updated_at":"2026-11-22T02:15:30.000Z"}',
            },
            ':expires_at': { N: '1805681730' },
          },
        },
      },
    ]);
  });

  it('is written at once, then once in an interval, the latest report winning', async () => {
    const { clock, advance } = manualClock();
    const writer = await writerFor(clock, Array<ScriptedAnswer>(3).fill({ result: {} }));

    writer.report({ phase: 'dumping', bytes: 1 });
    await writer.flush();
    writer.report({ phase: 'dumping', bytes: 2 });
    writer.report({ phase: 'dumping', bytes: 3 });
    advance(999);
    expect(writtenBytes()).toEqual([1]);

    advance(1);
    await writer.flush();
    expect(writtenBytes()).toEqual([1, 3]);
  });

  it('is never written twice at a time, so that the last write is the last report', async () => {
    const { clock, advance } = manualClock();
    const writer = await writerFor(clock);

    writer.report({ phase: 'dumping', bytes: 1 });
    advance(5_000);
    writer.report({ phase: 'dumping', bytes: 2 });
    advance(5_000);
    writer.report({ phase: 'dumping', bytes: 3 });
    await writer.flush();

    expect(writtenBytes()).toEqual([1, 3]);
  });

  it('is written without waiting for the interval when it is flushed, and not again', async () => {
    const { clock, advance } = manualClock();
    const writer = await writerFor(clock);

    writer.report({ phase: 'dumping', bytes: 1 });
    writer.report({ phase: 'storing', bytes: 2 });
    await writer.flush();
    await writer.flush();
    advance(5_000);
    await writer.flush();

    expect(writtenBytes()).toEqual([1, 2]);
  });

  it('goes on after a write that failed, and tells of it', async () => {
    const { clock, advance } = manualClock();
    const writer = await writerFor(clock, [{ error: 'ResourceNotFoundException' }, { fault: 'cut' }, { result: {} }]);

    for (const bytes of [1, 2, 3]) {
      writer.report({ phase: 'dumping', bytes });
      await writer.flush();
      advance(1_000);
    }

    expect(writtenBytes()).toEqual([1, 2, 3]);
    expect(errors).toMatchObject([
      { name: 'ResourceNotFoundException' },
      { message: expect.stringContaining('socket hang up') as string },
    ]);
  });

  it('goes nowhere when no table is given', async () => {
    noProgress.report({ phase: 'starting' });

    await expect(noProgress.flush()).resolves.toBeUndefined();
  });
});
