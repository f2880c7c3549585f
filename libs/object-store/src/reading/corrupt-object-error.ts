import { JobError } from '@serverless-ops/job-schemas';

/** Thrown when an object of a backup is not what the manifest says. */
export class CorruptObjectError extends JobError {
  /** What is wrong with the object alone, for a list of all that is wrong with a backup. */
  readonly problem: string;

  constructor(uri: string, problem: string, advice: string, options?: ErrorOptions) {
    super('BackupCorrupt', `${uri} ${problem}. ${advice} Choose another backup_id.`, options);
    const [key = ''] = uri.split('/').slice(-1);
    this.problem = `${key} ${problem}`;
  }
}
