import type * as z from 'zod';

/**
 * What the worker's jobs are there for. Each purpose has a role and a task definition family of its own, so a job may do
 * in AWS what its purpose needs, and no more.
 */
export const WORKER_PURPOSES = ['backup', 'restore', 'verify', 'prune', 'script'] as const;

export type WorkerPurpose = (typeof WORKER_PURPOSES)[number];

/** What a task of the worker is given. */
export interface TaskSize {
  /** 1024 are one vCPU. */
  readonly cpu: number;
  readonly memoryMib: number;
  /** After so long an attempt at a job is given up. */
  readonly timeoutHours: number;
}

/** The size of a job that needs no more: a backup of 800 MB takes 211 MB of memory (docs/benchmarks.md). */
export const STANDARD_TASK_SIZE: TaskSize = { cpu: 1024, memoryMib: 2048, timeoutHours: 6 };

interface AnyJobKind {
  /** `job_name` of an order, in snake_case. It is on the wire, so it never changes. */
  readonly name: string;
  /** Checks `job_options` of an order. An option of two kinds has the same schema in both: one API model checks all. */
  readonly options: z.ZodObject;
  /** A good order with every option. Tests send it through every check. */
  readonly example: object;
  /** Checks what a job that ended well reports. */
  readonly result: z.ZodObject;
  /** Whether an order must name a database (`db_name` and `db_env`). If not, `options` says whether it may. */
  readonly needsDatabase: boolean;
}

/** A kind of job that runs in the worker's container on Fargate. */
export interface WorkerJobKind extends AnyJobKind {
  readonly runsIn: 'worker';
  /** Says which role the job runs under. */
  readonly purpose: WorkerPurpose;
  /** What its task is given, unless the settings say otherwise. */
  readonly defaultSize: TaskSize;
  /**
   * Whether the workflow starts the job again after an error code that is marked as retryable. `false` is for a job that
   * must not begin twice.
   */
  readonly retryable: boolean;
}

/** A kind of job with a workflow of its own: around Lambda functions, or around other jobs. */
export interface WorkflowJobKind extends AnyJobKind {
  readonly runsIn: 'function' | 'workflow';
}

export type JobKind = WorkerJobKind | WorkflowJobKind;

/** An entry of the table of job kinds, its name and its schemas kept as exact types. */
export function defineJobKind<const Kind extends JobKind>(
  kind: Kind & { readonly example: Required<z.input<Kind['options']>> },
): Kind {
  return kind;
}
