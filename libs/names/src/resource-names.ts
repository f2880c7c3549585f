/**
 * Names of everything that a second stack, a person or a client has to find. All follow from the one prefix in
 * settings.yml, so two installations can share an account.
 */
export function resourceNames(prefix: string) {
  return {
    stacks: {
      foundation: `${prefix}-foundation`,
      mysqlWorker: `${prefix}-mysql-worker`,
      passwordLambda: `${prefix}-password-lambda`,
      jobWatcher: `${prefix}-job-watcher`,
      api: `${prefix}-api`,
    },
    cluster: prefix,
    /**
     * Task definition families of the worker, one for each role that a job runs under. ECS runs the newest active revision
     * when a caller names no revision.
     */
    workerFamilies: {
      backup: `${prefix}-mysql-worker-backup`,
      restore: `${prefix}-mysql-worker-restore`,
      verify: `${prefix}-mysql-worker-verify`,
      prune: `${prefix}-mysql-worker-prune`,
      script: `${prefix}-mysql-worker-script`,
    },
    workerStateMachine: `${prefix}-mysql-worker`,
    passwordStateMachine: `${prefix}-password`,
    /** Every state machine whose executions are jobs: the watcher of jobs watches these. */
    jobStateMachines: [`${prefix}-mysql-worker`, `${prefix}-password`],
    /** Queue of events that the watcher of jobs could not process. */
    jobWatcherDeadLetters: `${prefix}-job-watcher-dead-letters`,
    /** Looks up what a change of a password needs, and changes it. */
    passwordFunctions: { lookUp: `${prefix}-password-look-up`, change: `${prefix}-password-change` },
    /** Express workflow behind `POST /jobs`. */
    startJobStateMachine: `${prefix}-start-job`,
    /** Express workflow behind `GET /jobs/{id}`. */
    jobStatusStateMachine: `${prefix}-job-status`,
    /** DynamoDB table: names and progress of jobs, key `job_id` (S), expiry `expires_at` (N, Unix seconds). */
    jobsTable: `${prefix}-jobs`,
    notificationsTopic: `${prefix}-notifications`,
    keyAlias: `alias/${prefix}`,
    api: prefix,
    logGroups: {
      mysqlWorker: `/${prefix}/mysql-worker`,
      jobWatcher: `/${prefix}/job-watcher`,
      workerStateMachine: `/aws/vendedlogs/states/${prefix}-mysql-worker`,
      passwordLookUp: `/${prefix}/password-look-up`,
      passwordChange: `/${prefix}/password-change`,
      passwordStateMachine: `/aws/vendedlogs/states/${prefix}-password`,
      startJobStateMachine: `/aws/vendedlogs/states/${prefix}-start-job`,
      jobStatusStateMachine: `/aws/vendedlogs/states/${prefix}-job-status`,
      apiAccess: `/${prefix}/api-access`,
    },
  } as const;
}

/** Bucket for backups when the deploy makes one: bucket names are unique in all of AWS. */
export function backupBucketName(prefix: string, account: string, region: string): string {
  return `${prefix}-backups-${account}-${region}`;
}

/** Execution names, and so job ids: Step Functions allows these characters, 80 at most. */
export const JOB_ID_PATTERN = '^[A-Za-z0-9_-]{1,80}$';

/**
 * Seconds for which the item of a job stays in the jobs table: 120 days. Step Functions keeps the name of an execution
 * for 90 days after its end, and an id must name one job at least as long.
 */
export const JOB_RECORD_SECONDS = 120 * 24 * 60 * 60;
