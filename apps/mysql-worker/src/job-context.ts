import type { JobProgress } from '@serverless-ops/job-schemas';
import type { Logger } from '@serverless-ops/job-logging';
import type { ScriptUser } from './script/script-user.ts';

/** What every job is given, whatever it does. */
export interface JobContext {
  log: Logger;
  /** Aborted when the job has to end early; its reason is the error to end with. */
  signal: AbortSignal;
  /** Call whenever bytes move: a job that never does falls silent. */
  moved: () => void;
  reportProgress: (progress: Omit<JobProgress, 'updated_at'>) => void;
  now: () => Date;
  /** Folder that holds the image's scripts. */
  scriptsFolder: string;
  /** `PATH` of scripts: where they find the MySQL client. */
  scriptsPath: string;
  /** The user that scripts run as; undefined: the worker's own. Throws `JobError` when the worker cannot become it. */
  scriptUser: () => ScriptUser | undefined;
  /** A line that a script or a tool printed, as it may be shown: secrets hidden, then cut. */
  printable: (line: string) => string;
}
