import type { Exception } from '../exceptions/finding.ts';

const ACCOUNT_SETTING =
  'The account and region have one role for the logs of all their REST APIs: when it went with this stack, every other ' +
  'API there would stop logging.';

/** What keeps data and goes, or keeps none and stays, and why. */
export const REMOVAL_EXCEPTIONS: readonly Exception[] = [
  {
    where: 'infra/JobsTable',
    what: 'AWS::DynamoDB::Table keeps data and goes with its stack',
    reason:
      'It holds the progress of running jobs, which expires: losing it loses no job and no backup ' +
      '(docs/decisions/0003-progress-in-dynamodb.md).',
  },
  {
    where: 'job-watcher/DeadLetters',
    what: 'AWS::SQS::Queue keeps data and goes with its stack',
    reason:
      'It holds events of executions and tasks that the watcher could not process. The executions themselves stay in Step ' +
      'Functions for 90 days.',
  },
  {
    where: 'api-contract/ApiAccount',
    what: 'AWS::ApiGateway::Account stays when its stack goes',
    reason: ACCOUNT_SETTING,
    onlyIf: ({ api }) => api.accountLoggingRole === 'create',
  },
  {
    where: 'api-contract/ApiCloudWatchRole',
    what: 'AWS::IAM::Role stays when its stack goes',
    reason: ACCOUNT_SETTING,
    onlyIf: ({ api }) => api.accountLoggingRole === 'create',
  },
];
