import { bucketNameProblem } from '@serverless-ops/aws-limits';
import { DATABASE_TLS_SETTINGS } from '@serverless-ops/names';
import { z } from 'zod';
import { databaseNames, mysqlWorkerSchema, type DefaultSizes } from './mysql-worker-schema.ts';
import { oneOf, oneOrMore, section, text, trueOrFalse, wholeNumber } from './section.ts';
import { tagsSchema } from './tags-schema.ts';
import { targetVpcSchema } from './target-vpc-schema.ts';

/** What CloudWatch Logs accepts as retention (`PutRetentionPolicy`). */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Whose role API Gateway writes access logs with: there is one per account and region. */
const ACCOUNT_LOGGING_ROLES = ['existing', 'create'] as const;

/** Not only dots: it is a folder in the bucket as well. */
const name = text(
  /^(?=.{1,64}$)\.*[A-Za-z0-9_-][A-Za-z0-9_.-]*$/,
  '1 to 64 letters, digits, underscores, dots and hyphens, and not only dots',
);
const bucketName = (allowed: string): z.ZodString =>
  z.string({ error: allowed }).refine((value) => bucketNameProblem(value) === undefined, { error: allowed });
const POLICY = /^(arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/([!-.0-~]+\/)*)?[\w+=,.@-]{1,128}$/;
const s3Path = text(
  /^(?=.{1,512}$)(?!(.*\/)?\.{1,2}(\/|$))[\w.-]+(\/[\w.-]+)*$/,
  'a path of letters, digits, "_", "." and "-", 512 at most, without "/" at its ends and without a folder "." or ".."',
);
/** Not in quotes, and none of what no name on a server can have. */
const USER = /^(?!'.*'$)[^\s/\p{Cc}\p{Cs}\uFFFD\u{10000}-\u{10FFFF}]{1,32}$/u;
/** Labels of 1 to 63 characters, no hyphen at an end of one, the last one no number; or an IPv4 address. */
const HOST =
  /^(?=.{1,253}$)(?!(.*\.)?\d+$)\w([\w-]{0,61}\w)?(\.\w([\w-]{0,61}\w)?)*$|^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/** A number, or one in quotes. */
const port = z.preprocess(
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
  wholeNumber(1, 65_535),
);

/** An IPv4 address, or a network of such. */
const CIDR = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$|\/)|(?=$|\/))){4}(\/(3[0-2]|[12]?\d))?$/;

const global = section({
  // 20 characters leave room for the longest name made from it: that of the bucket, 63 at most. S3 reserves xn--, sthree-
  // and amzn-s3-demo- for itself.
  name_prefix: text(
    /^(?!aws|xn--|sthree-|amzn-s3-demo-)[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/,
    '1 to 20 lower-case letters, digits and hyphens, beginning with a letter and not with "aws" or what S3 reserves ' +
      '(xn--, sthree-, amzn-s3-demo-)',
  ).default('serverlessops'),
  parameter_prefix: text(
    /^(?=.{2,128}$)(?!\/(aws|ssm))(\/[A-Za-z0-9_.-]+){1,5}$/i,
    'a path of 1 to 5 levels and at most 128 characters such as /serverlessops, not beginning with /aws or /ssm',
  ).default('/serverlessops'),
  account: text(/^\d{12}$/, 'the 12 digits of an AWS account, in quotes').optional(),
  // The name of the bucket ends in the region: 20 characters leave it at 62, and no region has more.
  region: text(/^(?=.{1,20}$)[a-z]{2,4}(-[a-z]+)+-\d$/, 'an AWS region such as eu-central-1').optional(),
  target_vpc: targetVpcSchema.prefault('create'),
  dns_servers: oneOrMore(text(CIDR, 'an IPv4 address or network such as 10.0.0.2 or 10.0.0.0/16, or a list of them')),
  cluster: text(/^[A-Za-z0-9_-]{1,255}$/, 'create, or the name of an ECS cluster, not its ARN').default('create'),
  tags: tagsSchema.default({}),
  permissions_boundary: text(POLICY, 'the name or the ARN of a policy in IAM').optional(),
}).superRefine(({ account, region, target_vpc }, context) => {
  if (target_vpc.kind !== 'lookup') return;
  if (account === undefined) addMissing('account');
  if (region === undefined) addMissing('region');

  function addMissing(key: string): void {
    context.addIssue({ code: 'custom', path: [key], message: 'needed, so that CDK can look up the VPC' });
  }
});

const passwordChange = section({
  memory_mib: wholeNumber(128, 10_240).default(256),
  parameter_store_endpoint: trueOrFalse.default(false),
});

/** As Secrets Manager allows them; those that RDS makes begin with `rds!`. */
const secretName = text(/^[A-Za-z0-9/_+=.@!-]{1,512}$/, 'the name of a secret in Secrets Manager, not its ARN');

const database = section({
  db_host: text(HOST, 'a host name or an IPv4 address, without a port, or CHANGE_ME'),
  db_port: port.default(3306),
  db_name: name.optional(),
  db_user: text(USER, 'the name of a MySQL user, without quotes and without its host, or CHANGE_ME'),
  s3_bucket: bucketName('the name of an S3 bucket').optional(),
  s3_path: s3Path.optional(),
  security_group: oneOrMore(
    text(/^sg-([0-9a-f]{8}|[0-9a-f]{17})$/, 'a security group id such as sg-0123456789abcdef0, or a list of them'),
  ),
});

/** Keys of a group that the user names: databases, and their environments. */
function named<Value extends z.ZodType>(value: Value, allowed: string): z.ZodRecord<z.ZodString, Value> {
  return z.record(name, value, { error: allowed });
}

/**
 * settings.yml with the names of the file; a default for everything that can have one.
 *
 * @param workerJobs the jobs of the worker; absent: neither names of jobs nor sizes are checked
 */
export function settingsFileSchema(workerJobs?: DefaultSizes) {
  return section({
    global: global.prefault({}),
    backups: section({
      bucket: bucketName('create, or the name of an S3 bucket').default('create'),
      path: s3Path.default('backups'),
    }).prefault({}),
    logs: section({ retention_days: oneOf(RETENTION_DAYS).default(90) }).prefault({}),
    tasks: section({
      fargate: section({ mysql_worker: mysqlWorkerSchema(workerJobs).prefault({}) }).prefault({}),
      lambda: section({ password_change: passwordChange.prefault({}) }).prefault({}),
    }).prefault({}),
    api: section({ account_logging_role: oneOf(ACCOUNT_LOGGING_ROLES).default('existing') }).prefault({}),
    notifications: section({ emails: oneOrMore(z.email({ error: 'an e-mail address, or a list of them' })) }).prefault(
      {},
    ),
    restore: section({ allow_overwrite: databaseNames.default([]) }).prefault({}),
    database_tls: oneOf(DATABASE_TLS_SETTINGS).default('verify'),
    parameters: section({
      databases: named(
        named(database, 'a group of environments, each a group with db_host, db_user and more'),
        'a group of databases, each a group of environments',
      ).default({}),
      secrets: z.array(secretName, { error: 'a list of names of secrets' }).default([]),
    }).prefault({}),
  });
}

export type SettingsFile = z.output<ReturnType<typeof settingsFileSchema>>;
