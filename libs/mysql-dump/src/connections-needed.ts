import { JobError } from '@serverless-ops/job-schemas';

/** Besides those that read rows: one for definitions, one that watches over the snapshot, and one that holds the lock. */
const BESIDES_READERS = 3;

/** How many connections a dump has open at once, at most; of a small database it reads rows with fewer. */
export function connectionsNeeded(parallelism: number): number {
  return parallelism + BESIDES_READERS;
}

/** Adds how many connections a dump needs to an error that says that the account may have no more of them. */
export function tellingConnectionsNeeded(error: unknown, parallelism: number): unknown {
  if (!(error instanceof JobError)) return error;
  // The servers translate their messages, but not the name of the limit.
  if (error.code !== 'AccessDenied' || !error.message.includes('max_user_connections')) return error;
  const need = `A backup with a parallelism of ${parallelism} opens up to ${connectionsNeeded(parallelism)} connections.`;
  return new JobError(error.code, `${error.message} ${need}`, { cause: error.cause });
}
