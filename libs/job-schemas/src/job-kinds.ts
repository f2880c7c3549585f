import type * as z from 'zod';
import type { TaskSize } from './job-kind.ts';
import { dbBackup } from './kinds/db-backup.ts';
import { passwordChange } from './kinds/password-change.ts';
import { runScript } from './kinds/run-script.ts';
import { dbRestore } from './kinds/db-restore.ts';
import { dbVerify } from './kinds/db-verify.ts';
import { dbPrune } from './kinds/db-prune.ts';

/** Every kind of job, in the order in which the API and its pages list them. A new kind is one more entry. */
const KINDS = [dbBackup, dbRestore, runScript, passwordChange, dbVerify, dbPrune] as const;

type Kind = (typeof KINDS)[number];

export type JobName = Kind['name'];

/** The table of job kinds: everything that depends on the kind of a job follows from it. */
export const JOB_KINDS = byName((kind) => kind) as { readonly [Each in Kind as Each['name']]: Each };

export const JOB_NAMES = KINDS.map(({ name }) => name) as [JobName, ...JobName[]];

export type WorkerJobName = Extract<Kind, { runsIn: 'worker' }>['name'];

/** The jobs that run in the worker's container. */
export const WORKER_JOB_NAMES = JOB_NAMES.filter(runsInWorker) as [WorkerJobName, ...WorkerJobName[]];

/** What the task of each job of the worker is given, unless the settings say otherwise. */
export const WORKER_JOB_SIZES = Object.fromEntries(
  WORKER_JOB_NAMES.map((job) => [job, JOB_KINDS[job].defaultSize]),
) as Readonly<Record<WorkerJobName, TaskSize>>;

/** The schemas of the options, by job. */
export const JOB_OPTIONS_SCHEMAS = byName(({ options }) => options) as {
  readonly [Name in JobName]: (typeof JOB_KINDS)[Name]['options'];
};

/** Options of a job that were checked, defaults filled in. */
export type JobOptions<Name extends JobName> = z.output<(typeof JOB_KINDS)[Name]['options']>;

/** What a job of the name reports when it ended well. */
export type JobResult<Name extends JobName> = z.output<(typeof JOB_KINDS)[Name]['result']>;

function runsInWorker(name: JobName): name is WorkerJobName {
  return JOB_KINDS[name].runsIn === 'worker';
}

function byName(value: (kind: Kind) => unknown): object {
  return Object.fromEntries(KINDS.map((kind) => [kind.name, value(kind)]));
}
