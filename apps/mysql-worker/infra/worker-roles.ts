import { createServiceRole, type OpsStack } from '@serverless-ops/cdk-kit';
import { JOB_KINDS, WORKER_JOB_NAMES, type WorkerJobName, type WorkerPurpose } from '@serverless-ops/job-schemas';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { doAnyJob } from './rights/do-any-job.ts';
import { pruneBackups } from './rights/prune-backups.ts';
import { readBackups } from './rights/read-backups.ts';
import { storeBackups } from './rights/store-backups.ts';
import { verifyBackups } from './rights/verify-backups.ts';

/** Roles by what a job is there for. Beside its own rights, each has those of {@link doAnyJob}. */
const PURPOSES = {
  backup: { id: 'BackupRole', description: 'What backups may do in AWS', rights: storeBackups },
  restore: { id: 'RestoreRole', description: 'What restores may do in AWS', rights: readBackups },
  verify: { id: 'VerifyRole', description: 'What verifications may do in AWS', rights: verifyBackups },
  prune: { id: 'PruneRole', description: 'What prunes may do in AWS', rights: pruneBackups },
  script: { id: 'ScriptRole', description: 'What scripts may do in AWS', rights: () => [] },
} as const satisfies Record<WorkerPurpose, Purpose>;

interface Purpose {
  readonly id: string;
  readonly description: string;
  readonly rights: (stack: OpsStack, keyArn: string) => PolicyStatement[];
}

/** The roles of the worker's containers. */
export interface WorkerRoles {
  /** What the worker itself may do. */
  readonly task: Readonly<Record<WorkerPurpose, Role>>;
  /** What ECS may do to start it; pulling the image and writing the log are added with the task definition. */
  readonly execution: Role;
}

export function createWorkerRoles(stack: OpsStack, keyArn: string): WorkerRoles {
  const roleFor = (purpose: WorkerPurpose): Role => {
    const { id, description, rights } = PURPOSES[purpose];
    const statements = [...doAnyJob(stack, keyArn, databasesOf(stack, purpose)), ...rights(stack, keyArn)];
    return createServiceRole(stack, id, { service: 'ecs-tasks', description, statements });
  };
  return {
    task: {
      backup: roleFor('backup'),
      restore: roleFor('restore'),
      verify: roleFor('verify'),
      prune: roleFor('prune'),
      script: roleFor('script'),
    },
    execution: createServiceRole(stack, 'WorkerExecutionRole', {
      service: 'ecs-tasks',
      description: 'What ECS may do to start a MySQL job',
      statements: [],
    }),
  };
}

/** What a job is there for: the workflow runs it in the family of that name. */
export function purposeOfJob(job: WorkerJobName): WorkerPurpose {
  return JOB_KINDS[job].purpose;
}

/** The databases that the settings leave to the jobs of a purpose; undefined when one of these jobs may read any. */
function databasesOf({ settings }: OpsStack, purpose: WorkerPurpose): string[] | undefined {
  const jobs = WORKER_JOB_NAMES.filter((job) => purposeOfJob(job) === purpose);
  const databases = jobs.map((job) => settings.mysqlWorker.jobs[job]?.databases);
  if (databases.length === 0 || databases.includes(undefined)) return undefined;
  return [...new Set(databases.flatMap((each) => each ?? []))];
}
