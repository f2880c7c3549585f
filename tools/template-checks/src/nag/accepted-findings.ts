import type { Settings } from '@serverless-ops/settings';
import type { Exception } from '../exceptions/finding.ts';

/** As cdk-nag tells a wildcard in the ARN of this account's resources. */
const wildcard = (service: string, resource: string): string =>
  `IAM5[Resource::arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${resource}]`;
const parameters = (path: string): string => wildcard('ssm', `parameter<parameter_prefix>/${path}`);
const BACKUPS = 'IAM5[Resource::arn:<AWS::Partition>:s3:::<folder of backups>/*]';

const MANIFESTS = 'IAM5[Resource::arn:<AWS::Partition>:s3:::<folder of backups>/*/manifest.json]';

const DRILLS = 'IAM5[Resource::arn:<AWS::Partition>:s3:::<folder of backups>/*/drill.json]';

const DATABASES_ARE_ADDED_LATER =
  'A database is added to Parameter Store, not to a template, so its two levels of the path are not known here. The last ' +
  'level, which says what is read or written, is named.';
const ANY_DATABASE =
  'A job reads the settings of the database that its order names, a path with two more levels: which databases there are is ' +
  'known to Parameter Store only. A password among them is also protected by the key.';
const EXECUTIONS_GET_NAMES_LATER =
  'The name of an execution is the id of its job, made when the job is ordered. The state machine is named.';
const EACH_BACKUP_HAS_A_FOLDER =
  'Each backup is a folder of its own below this path, named when it is made. The role may do one thing there: a backup ' +
  'only puts, a restore only gets, a prune only deletes, and gets the manifests.';

function hasOtherBuckets({ backups, databases }: Settings): boolean {
  return backups.bucketName !== undefined || databases.some(({ s3Bucket }) => s3Bucket !== undefined);
}

/** Findings of cdk-nag that stay, and why. */
export const ACCEPTED_FINDINGS: readonly Exception[] = [
  {
    where: 'infra/BackupBucket',
    what: 'S1',
    reason:
      'Access logs take a second bucket, which keeps data and so would outlive its stack as well. Who has read a backup ' +
      'is in the data events of CloudTrail, which are a choice of the account; only the role of restores may read any data.',
    onlyIf: ({ backups }) => backups.bucketName === undefined,
  },
  {
    where: 'infra/Cluster',
    what: 'ECS4',
    reason:
      'Container Insights is paid for by the metric. Each job reports its progress, its size and its end itself, and a ' +
      'container that dies is noticed by the watcher of jobs (docs/decisions/0005-failed-or-stopped-executions.md).',
    onlyIf: ({ clusterName }) => clusterName === undefined,
  },
  {
    where: 'infra/JobsTable',
    what: 'DDB3',
    reason:
      'The progress of running jobs, which expires: there is no point in time that anybody would go back to ' +
      '(docs/decisions/0003-progress-in-dynamodb.md).',
  },
  {
    where: 'infra/Vpc',
    what: 'VPC7',
    reason:
      'The network that is made for a first try: nothing in it can be connected to, and what runs there reaches AWS and ' +
      'databases only. Who owns a network with databases decides on its flow logs.',
    onlyIf: ({ targetVpc }) => targetVpc.kind === 'create',
  },
  ...['Backup', 'Restore', 'Verify', 'Prune', 'Script'].map((purpose) => ({
    where: `mysql-worker/${purpose}TaskDefinition`,
    what: 'ECS2',
    reason:
      'What is set says where things are, and is no secret. Which variables there may be is on the list in ' +
      'workloads/container-environment.ts, and a test holds the definition, and what workflows override, against it.',
  })),
  ...['BackupRole', 'RestoreRole', 'VerifyRole', 'PruneRole', 'ScriptRole'].map((role) => ({
    where: `mysql-worker/${role}`,
    what: parameters('databases/*'),
    reason: ANY_DATABASE,
  })),
  ...['BackupRole', 'RestoreRole', 'VerifyRole', 'PruneRole', 'ScriptRole'].map((role) => ({
    where: `mysql-worker/${role}`,
    what: wildcard('states', 'execution:<name_prefix>-mysql-worker:*'),
    reason: EXECUTIONS_GET_NAMES_LATER,
  })),
  ...['BackupRole', 'RestoreRole', 'VerifyRole', 'PruneRole'].map((role) => ({
    where: `mysql-worker/${role}`,
    what: BACKUPS,
    reason: EACH_BACKUP_HAS_A_FOLDER,
  })),
  { where: 'mysql-worker/PruneRole', what: MANIFESTS, reason: EACH_BACKUP_HAS_A_FOLDER },
  { where: 'mysql-worker/VerifyRole', what: DRILLS, reason: EACH_BACKUP_HAS_A_FOLDER },
  ...['BackupRole', 'RestoreRole', 'VerifyRole', 'PruneRole'].map((role) => ({
    where: `mysql-worker/${role}`,
    what: wildcard('kms', 'key/*'),
    reason:
      'Which key a bucket has that the deploy did not make is not known here. The keys can be used through S3 only, and ' +
      'for these buckets only, by two conditions.',
    onlyIf: hasOtherBuckets,
  })),
  ...['backup', 'restore', 'verify', 'prune', 'script'].map((purpose) => ({
    where: 'mysql-worker/WorkerStateMachineRole',
    what: wildcard('ecs', `task-definition/<name_prefix>-mysql-worker-${purpose}:*`),
    reason:
      'The workflow runs the newest revision, whose number is new with every image. The family is named, and the cluster ' +
      'by a condition.',
  })),
  {
    where: 'job-watcher/WatcherRole',
    what: wildcard('ecs', 'task/<cluster>/*'),
    reason: 'ECS makes up the id of a task when it starts. The cluster is named, in the ARN and by a condition.',
  },
  ...['mysql-worker', 'password'].map((machine) => ({
    where: 'job-watcher/WatcherRole',
    what: wildcard('states', `execution:<name_prefix>-${machine}:*`),
    reason: EXECUTIONS_GET_NAMES_LATER,
  })),
  ...['mysql-worker', 'password'].map((machine) => ({
    where: 'api-contract/JobStatusRole',
    what: wildcard('states', `execution:<name_prefix>-${machine}:*`),
    reason: EXECUTIONS_GET_NAMES_LATER,
  })),
  {
    where: 'api-contract/ApiRole',
    what: wildcard('states', 'execution:<name_prefix>-mysql-worker:*'),
    reason: EXECUTIONS_GET_NAMES_LATER,
  },
  {
    where: 'api-contract/Api',
    what: 'APIG2',
    reason:
      'cdk-nag looks for a validator that is a resource of its own. Ours is in the OpenAPI document, and ' +
      'workloads/api-methods.ts checks that every method uses it.',
  },
  {
    where: 'api-contract/ApiDeploymentStagev1',
    what: 'APIG3',
    reason:
      'A web ACL is paid for by the month, also without a call. The API has keys, a throttle for each key, and ' +
      'validates every request against a schema before anything runs.',
  },
  {
    where: 'api-contract/ApiDeploymentStagev1',
    what: 'APIG6',
    reason:
      'API Gateway makes the log group of the execution log itself: it never expires and outlives the stack. The access ' +
      'log has one line per request, with the reason of a refusal.',
  },
  {
    where: 'api-contract/ApiCloudWatchRole',
    what: 'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason:
      'See the exception for the same role in iam/iam-exceptions.ts: it is a setting of the account, not of this API.',
    onlyIf: ({ api }) => api.accountLoggingRole === 'create',
  },
  ...[
    'databases/*/db_host',
    'databases/*/db_port',
    'databases/*/db_name',
    'database_users/*/grant',
    'database_users/*/account',
  ].map((path) => ({
    where: 'password-lambda/LookUpRole',
    what: parameters(path),
    reason: DATABASES_ARE_ADDED_LATER,
  })),
  ...[
    'database_admins/*/db_user',
    'database_admins/*/db_pass',
    'database_users/*/password',
    'database_users/*/new_password',
    'databases/*',
    'databases/*/db_host',
    'databases/*/db_port',
    'databases/*/db_pass',
    'databases/*/db_user',
    'database_admins/*',
    'database_users/*/password_pending',
    'database_users/*/last_change',
  ].map((path) => ({ where: 'password-lambda/ChangeRole', what: parameters(path), reason: DATABASES_ARE_ADDED_LATER })),
];
