import { JobError } from '@serverless-ops/job-schemas';
import type { AdminSession } from './admin-session.ts';

/** Each keeps applications from writing; an administrator may get past the first, and would part a replica from its source. */
const READ_ONLY = ['read_only', 'super_read_only', 'innodb_read_only'] as const;

const OFF = ['OFF', '0'];

/** Throws JobError ServerReadOnly for a replica, an Aurora reader, or a server that is set to read-only. */
export function assertWritable(session: AdminSession, host: string): void {
  const set = READ_ONLY.find((name) => !OFF.includes(session.variable(name) ?? 'OFF'));
  if (set === undefined) return;
  throw new JobError(
    'ServerReadOnly',
    `The server ${host} takes no changes: its ${set} is ${String(session.variable(set))}, as on a replica or an Aurora ` +
      'reader. Nothing was done. Set db_host to the writer, such as the cluster endpoint of Aurora, and order the job again.',
  );
}
