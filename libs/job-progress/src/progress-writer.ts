import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { JobProgress } from '@serverless-ops/job-schemas';
import { JOB_RECORD_SECONDS } from '@serverless-ops/names';

/** How far a job is, as the job itself tells it: the time is added when it does. */
export type ReportedProgress = Omit<JobProgress, 'updated_at'>;

export interface ProgressWriter {
  /** Returns at once and never throws. Of several reports within one interval only the latest is written. */
  report(progress: ReportedProgress): void;
  /** Resolves when the latest report is written, or could not be. Never rejects. */
  flush(): Promise<void>;
}

/** The part of the system's time that a progress writer needs. */
export interface ProgressClock {
  now(): number;
  setTimeout(action: () => void, delayMs: number): NodeJS.Timeout;
  clearTimeout(timer: NodeJS.Timeout | undefined): void;
}

const systemClock: ProgressClock = { now: Date.now, setTimeout, clearTimeout };

/** Progress is worth less than the job's last seconds, of which SIGTERM leaves 30. */
const WRITE_TIMEOUT_MS = 5_000;

/** A writer that stores nothing: for a job that runs without a table. */
export const noProgress: ProgressWriter = { report: () => undefined, flush: () => Promise.resolve() };

/** Names no attribute but these two: the item also holds what others record about the job. */
const UPDATE = {
  UpdateExpression: 'SET #progress = :progress, #expires_at = :expires_at',
  ExpressionAttributeNames: { '#progress': 'progress', '#expires_at': 'expires_at' },
};

/**
 * Writes a job's progress into its item of the jobs table, where `GET /jobs/{id}` reads it:
 * `progress: S (JSON)` and `expires_at: N (Unix seconds)` of the item with the key `job_id: S`. Everything else in the
 * item stays as it is.
 */
export function createProgressWriter(options: {
  client: DynamoDBClient;
  tableName: string;
  jobId: string;
  /** @default 1,000 */
  intervalMs?: number;
  /** Called for each write that failed. @default nothing: the next write makes up for it */
  onError?: (error: unknown) => void;
  /** @default the system's */
  clock?: ProgressClock;
}): ProgressWriter {
  const { client, tableName, jobId, intervalMs = 1_000, onError, clock = systemClock } = options;
  let latest: JobProgress | undefined;
  let writing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let nextWriteMs = 0;

  const update = async (progress: JobProgress): Promise<void> => {
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: { job_id: { S: jobId } },
      ...UPDATE,
      ExpressionAttributeValues: {
        ':progress': { S: JSON.stringify(progress) },
        ':expires_at': { N: String(Math.floor(clock.now() / 1_000) + JOB_RECORD_SECONDS) },
      },
    });
    await client.send(command, { abortSignal: AbortSignal.timeout(WRITE_TIMEOUT_MS) });
  };

  const write = (progress: JobProgress): Promise<void> => {
    clock.clearTimeout(timer);
    timer = undefined;
    latest = undefined;
    nextWriteMs = clock.now() + intervalMs;
    writing = update(progress)
      .catch((error: unknown) => onError?.(error))
      .finally(() => {
        writing = undefined;
        writeWhenDue();
      });
    return writing;
  };

  /** One write at a time, so that an older one never lands on top of a newer one. */
  const writeWhenDue = (): void => {
    if (latest === undefined || writing !== undefined || timer !== undefined) return;
    const delayMs = nextWriteMs - clock.now();
    if (delayMs <= 0) void write(latest);
    else timer = clock.setTimeout(() => latest && void write(latest), delayMs);
  };

  return {
    report: (progress) => {
      latest = { ...progress, updated_at: new Date(clock.now()).toISOString() };
      writeWhenDue();
    },
    flush: async () => {
      for (;;) {
        if (writing !== undefined) await writing;
        else if (latest !== undefined) await write(latest);
        else return;
      }
    },
  };
}
