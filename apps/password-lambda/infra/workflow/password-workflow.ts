import {
  checkRequestStates,
  endStates,
  failure,
  FAILED,
  SUCCEEDED,
  type StateMachineDefinition,
} from '@serverless-ops/workflow-kit';
import { ORPHANED_LOCK_SECONDS, type ErrorCode } from '@serverless-ops/job-schemas';
import { callFunction } from './call-function.ts';

export interface PasswordFunction {
  readonly arn: string;
  readonly timeoutSeconds: number;
  /** Where the reader of a failure finds its log. */
  readonly logGroupName: string;
}

export interface PasswordWorkflowProps {
  readonly partition: string;
  readonly topicArn: string;
  readonly lookUp: PasswordFunction;
  readonly change: PasswordFunction;
}

/**
 * Longer than a session of the change keeps its lock on the account when the function got lost or lost its connection: a
 * retry that came sooner would find the account still locked by a session that no change uses.
 */
const RETRY_CHANGE_AFTER_SECONDS = ORPHANED_LOCK_SECONDS + 10;

/** The look-up holds nothing that an early retry could find locked. */
const RETRY_LOOK_UP_AFTER_SECONDS = 5;

/** All attempts of both functions, their waits, and telling the topic; a test adds them up. */
const TIMEOUT_SECONDS = 3600;

/**
 * The password workflow in Amazon States Language (JSONPath): check the request, look up what is needed (where the
 * server is and what the parameters are called, no secret), change the password, tell the topic. Between the states:
 * `job_name`, `job_options`, `database` (for people), then `look_up`, `change` or `failure`. No state ever holds a
 * password.
 */
export function passwordWorkflow(props: PasswordWorkflowProps): StateMachineDefinition {
  const { partition, topicArn, lookUp, change } = props;
  const outcomes = { reported: 'ReadReport', lost: 'FunctionLost', notStarted: 'FunctionNotStarted' };
  return {
    Comment: 'Changes the password of one account of a database server, and tells how it ended',
    StartAt: 'CheckRequest',
    TimeoutSeconds: TIMEOUT_SECONDS,
    States: {
      ...checkRequestStates(['password_change'], {
        forDatabase: 'DescribeJob',
        withoutDatabase: 'DescribeJob',
        refused: FAILED,
      }),
      DescribeJob: {
        Type: 'Pass',
        Parameters: {
          'job_name.$': '$.job_name',
          'job_options.$': '$.job_options',
          'database.$': "States.Format('{}/{}', $.job_options.db_name, $.job_options.db_env)",
        },
        Next: 'LookUp',
      },
      LookUp: callFunction({
        partition,
        functionArn: lookUp.arn,
        timeoutSeconds: lookUp.timeoutSeconds,
        payload: { Payload: { 'job_id.$': '$$.Execution.Name', 'job_options.$': '$.job_options' } },
        resultPath: '$.look_up',
        retryAfterSeconds: RETRY_LOOK_UP_AFTER_SECONDS,
        next: 'ChangePassword',
        ...outcomes,
      }),
      ChangePassword: callFunction({
        partition,
        functionArn: change.arn,
        timeoutSeconds: change.timeoutSeconds,
        payload: { 'Payload.$': '$.look_up.answer' },
        resultPath: '$.change',
        retryAfterSeconds: RETRY_CHANGE_AFTER_SECONDS,
        next: SUCCEEDED,
        ...outcomes,
      }),
      // What Lambda reports of an error is JSON in the cause; the reader receives its message.
      ReadReport: {
        Type: 'Pass',
        Parameters: { 'error.$': '$.caught.Error', 'report.$': 'States.StringToJson($.caught.Cause)' },
        ResultPath: '$.caught',
        Next: 'DescribeFailure',
      },
      DescribeFailure: {
        Type: 'Pass',
        Parameters: { 'Error.$': '$.caught.error', 'Cause.$': '$.caught.report.errorMessage' },
        ResultPath: '$.failure',
        Next: FAILED,
      },
      // Lambda's own words are plain text.
      FunctionNotStarted: {
        Type: 'Pass',
        Parameters: {
          Error: 'FunctionUnavailable' satisfies ErrorCode,
          'Cause.$': `States.Format('${NOT_STARTED}', $.caught.Error, $.caught.Cause)`,
        },
        ResultPath: '$.failure',
        Next: FAILED,
      },
      FunctionLost: failure('WorkerLost', describeLoss(lookUp, change)),
      ...endStates({
        partition,
        topicArn,
        resultPath: '$.change.answer',
        details: { 'db_user.$': '$.job_options.db_user' },
      }),
    },
  };
}

/** An argument of an intrinsic function, in which an apostrophe would end it. */
const NOT_STARTED =
  'Lambda could not start a function of this job: {}: {}. Nothing was done. Check the state of the functions and the free ' +
  'addresses of their subnets (aws lambda get-function-configuration); then order the job again.';

function describeLoss(lookUp: PasswordFunction, change: PasswordFunction): string {
  return (
    'A function of the job ended without an answer: out of time, crashed, or refused by Lambda. A password that works ' +
    'is in Parameter Store, as the parameter password or password_pending of the account. ' +
    `Read the logs (log groups ${lookUp.logGroupName} and ${change.logGroupName}, the lines with this job id), and order the job again: ` +
    'it takes up what was begun.'
  );
}
