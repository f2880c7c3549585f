import type { Exception } from '../exceptions/finding.ts';

/** What policies say although no policy should, and why. */
export const IAM_EXCEPTIONS: readonly Exception[] = [
  {
    where: 'infra/Key',
    what: 'allows kms:*',
    reason:
      'The policy of a key, whose resource is the key itself. It hands the key to the IAM policies of this account, each of ' +
      'which names its actions here; without it no user, the root user of the account included, could ever change the key again. See ' +
      'docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html.',
  },
  {
    where: 'api-contract/ApiCloudWatchRole',
    what: 'has service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    reason:
      'The role is a setting of the account and region, not of this API: every REST API there logs with it. API Gateway ' +
      'tries it when it is set and refuses one that may do less than this policy, which AWS made for the purpose.',
    onlyIf: ({ api }) => api.accountLoggingRole === 'create',
  },
];

/**
 * Services that take on a role without saying which account they act for: a condition on `aws:SourceAccount` would lock
 * them out.
 */
export const SERVICES_WITHOUT_SOURCE_ACCOUNT: Readonly<Record<string, string>> = {
  'lambda.amazonaws.com':
    'Only a function of the same account can have a role of the account, and giving it one takes iam:PassRole there.',
  'apigateway.amazonaws.com':
    'Only an API of the same account can have a role of the account, and giving it one takes iam:PassRole there.',
};

/** Roles that read backups, or only their manifests; everything else only stores them. */
export const READERS_OF_BACKUPS: readonly string[] = [
  'mysql-worker/RestoreRole',
  'mysql-worker/VerifyRole',
  'mysql-worker/PruneRole',
];
