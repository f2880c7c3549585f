import { ERROR_CODES, ORPHANED_LOCK_SECONDS, RETRYABLE_ERROR_CODES } from '@serverless-ops/job-schemas';
import { definitionProblems, runDefinition, StatesError, type DefinitionRun } from '@serverless-ops/states-language';
import { passwordWorkflow } from './password-workflow.ts';

const definition = passwordWorkflow({
  partition: 'aws',
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops',
  lookUp: {
    arn: 'arn:aws:lambda:eu-west-1:111122223333:function:ops-password-look-up',
    timeoutSeconds: 30,
    logGroupName: '/ops/password-look-up',
  },
  change: {
    arn: 'arn:aws:lambda:eu-west-1:111122223333:function:ops-password-change',
    timeoutSeconds: 60,
    logGroupName: '/ops/password-change',
  },
});

const JOB = {
  job_name: 'password_change',
  job_options: { db_name: 'classicmodels', db_env: 'demo', db_user: 'mary', generate: true },
};
const LOOKED_UP = { server: { host: 'db', port: 3306 }, parameters: { password: '/serverlessops/x/password' } };
const RESULT = { status: 'job complete', changed: true, version: 2 };

type Outcome = object;

interface Retrier {
  readonly ErrorEquals: string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds: number;
}

const retriersOf = (name: string): Retrier[] => (definition.States[name] as unknown as { Retry: Retrier[] }).Retry;

function waitsOf(retrier: Retrier | undefined): number[] {
  const { IntervalSeconds = 0, BackoffRate = 1, MaxAttempts = 0, MaxDelaySeconds = 0 } = retrier ?? {};
  return Array.from({ length: MaxAttempts }, (_, at) => Math.min(IntervalSeconds * BackoffRate ** at, MaxDelaySeconds));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Runs the workflow; each function answers with its outcomes in turn, the last one again and again. */
async function execute(
  input: unknown,
  outcomes: { readonly lookUp?: Outcome[]; readonly change?: Outcome[]; readonly publish?: Outcome[] } = {},
): Promise<DefinitionRun & { called: [state: string, parameters: unknown][] }> {
  const next = (turns: Outcome[]): Outcome => {
    const outcome = (turns.length > 1 ? turns.shift() : turns[0]) ?? {};
    if (outcome instanceof StatesError) throw outcome;
    return outcome;
  };
  const { lookUp = [LOOKED_UP], change = [RESULT], publish = [{}] } = outcomes;
  const run = await runDefinition(definition, {
    input,
    answer({ state }) {
      if (state === 'LookUp') return { Payload: next(lookUp) };
      return state === 'ChangePassword' ? { Payload: next(change) } : next(publish);
    },
  });
  return { ...run, called: run.calls.map(({ state, parameters }) => [state, parameters]) };
}

/** An error as Lambda reports it to Step Functions: its type is the name, and the cause is a report in JSON. */
function reported(errorType: string, errorMessage = `${errorType} happened`): StatesError {
  return new StatesError(errorType, JSON.stringify({ errorType, errorMessage, trace: [] }));
}

/** An error of Lambda itself, whose cause is plain text. */
const failed = (name: string): StatesError => new StatesError(name, 'no JSON');

describe('the definition', () => {
  it('is valid States Language', () => {
    expect(definitionProblems(definition, { type: 'STANDARD' })).toEqual([]);
  });

  it('can reach every state', () => {
    const mentioned = new Set(JSON.stringify(definition).match(/(?<="(?:Next|Default|StartAt)":")\w+/g));

    expect(Object.keys(definition.States).filter((name) => !mentioned.has(name))).toEqual([]);
  });

  it('names every code of a job where a function reports an error, and retries just the retryable ones', () => {
    const { Catch: catchers, Retry: retriers } = definition.States['ChangePassword'] as unknown as {
      Catch: { ErrorEquals: string[] }[];
      Retry: { ErrorEquals: string[]; IntervalSeconds: number }[];
    };

    expect(catchers[0]?.ErrorEquals).toEqual(Object.keys(ERROR_CODES));
    expect(retriers[2]?.ErrorEquals).toEqual(RETRYABLE_ERROR_CODES);
  });

  it('waits before it calls a change again, that lost its connection or got lost, until the lock of that is gone', () => {
    const mayHaveHadTheLock = ['ConnectionLost', 'States.Timeout', 'Sandbox.Timedout', 'Lambda.Unknown'];
    for (const error of mayHaveHadTheLock) {
      const retrier = retriersOf('ChangePassword').find(({ ErrorEquals }) => ErrorEquals.includes(error));
      expect(retrier?.IntervalSeconds).toBeGreaterThan(ORPHANED_LOCK_SECONDS);
    }
  });

  it.each(['LookUp', 'ChangePassword'])('gives %s about 5 minutes to get its network interfaces back', (name) => {
    const retrier = retriersOf(name).find(({ ErrorEquals }) =>
      ErrorEquals.includes('Lambda.ResourceNotReadyException'),
    );

    expect(retrier?.ErrorEquals).toEqual([
      'Lambda.ResourceNotReadyException',
      'Lambda.ResourceConflictException',
      'Lambda.EC2ThrottledException',
      'Lambda.EC2UnexpectedException',
      'Lambda.ENILimitReachedException',
      'Lambda.ENINotReadyException',
      'Lambda.SubnetIPAddressLimitReachedException',
    ]);
    expect(waitsOf(retrier)).toEqual([10, 20, 40, 60, 60, 60, 60, 60]);
  });

  it('has time for every retry there is', () => {
    const worst = ['LookUp', 'ChangePassword'].map((name) => {
      const waits = retriersOf(name).flatMap(waitsOf);
      const { TimeoutSeconds: attemptSeconds } = definition.States[name] as unknown as { TimeoutSeconds: number };
      // What Lambda cannot start takes no time of the function.
      return sum(waits) + attemptSeconds * 5;
    });

    expect(sum(worst)).toBeLessThan(definition.TimeoutSeconds);
  });
});

describe('a change of a password', () => {
  it('is looked up, then made with what was found, and ends with what the function reports', async () => {
    const { called, output } = await execute(JOB);

    expect(called.slice(0, 2)).toEqual([
      [
        'LookUp',
        {
          FunctionName: 'arn:aws:lambda:eu-west-1:111122223333:function:ops-password-look-up',
          Payload: { job_id: 'job-1', job_options: JOB.job_options },
        },
      ],
      [
        'ChangePassword',
        {
          FunctionName: 'arn:aws:lambda:eu-west-1:111122223333:function:ops-password-change',
          Payload: LOOKED_UP,
        },
      ],
    ]);
    expect(output).toEqual(RESULT);
  });

  it('is announced with the account and the result', async () => {
    const { called } = await execute(JOB);

    expect(called[2]).toEqual([
      'NotifySuccess',
      {
        TopicArn: 'arn:aws:sns:eu-west-1:111122223333:ops',
        Subject: 'password_change succeeded',
        Message: {
          job_id: 'job-1',
          job_name: 'password_change',
          database: 'classicmodels/demo',
          outcome: 'succeeded',
          db_user: 'mary',
          result: RESULT,
        },
      },
    ]);
  });

  it('succeeds also when the notification fails', async () => {
    const { output } = await execute(JOB, { publish: [failed('SNS.SnsException')] });

    expect(output).toEqual(RESULT);
  });
});

describe('a change that fails', () => {
  it.each(['lookUp', 'change'] as const)('ends under the code and cause that %s reports', async (function_) => {
    const { called, error, cause } = await execute(JOB, {
      [function_]: [reported('ParameterMissing', 'Store the password at "/serverlessops/x" and order again.')],
    });

    expect({ error, cause }).toEqual({
      error: 'ParameterMissing',
      cause: 'Store the password at "/serverlessops/x" and order again.',
    });
    expect(called.at(-1)).toEqual([
      'NotifyFailure',
      {
        TopicArn: 'arn:aws:sns:eu-west-1:111122223333:ops',
        Subject: 'password_change failed',
        Message: {
          job_id: 'job-1',
          job_name: 'password_change',
          database: 'classicmodels/demo',
          outcome: 'failed',
          error,
          cause,
        },
      },
    ]);
  });

  it.each([
    ['DatabaseUnreachable', reported('DatabaseUnreachable')],
    ['a throttled Parameter Store', reported('ServiceThrottled')],
    ['a throttled Lambda', failed('Lambda.TooManyRequestsException')],
    ['a function that was idle for weeks', failed('Lambda.ResourceNotReadyException')],
    ['a function that ran out of time', reported('Sandbox.Timedout')],
    ['a function that crashed', reported('Runtime.ExitError')],
  ])('is tried again after %s', async (_, outcome) => {
    const { called, output } = await execute(JOB, { change: [outcome, RESULT] });

    expect(called.map(([name]) => name)).toEqual(['LookUp', 'ChangePassword', 'ChangePassword', 'NotifySuccess']);
    expect(output).toEqual(RESULT);
  });

  it('is not tried again when another job is at it: that one has won', async () => {
    const { called, error } = await execute(JOB, { change: [reported('ChangeInProgress')] });

    expect(called.filter(([name]) => name === 'ChangePassword')).toHaveLength(1);
    expect(error).toBe('ChangeInProgress');
  });

  it.each([
    ['Lambda.ResourceNotReadyException', 9],
    ['Lambda.SubnetIPAddressLimitReachedException', 9],
    ['Lambda.TooManyRequestsException', 6],
    ['Lambda.EC2AccessDeniedException', 1],
  ])('says that Lambda could not start the function when that stays: %s', async (name, attempts) => {
    const { called, error, cause } = await execute(JOB, { change: [failed(name)] });

    expect(called.filter(([state]) => state === 'ChangePassword')).toHaveLength(attempts);
    expect(error).toBe('FunctionUnavailable');
    expect(cause).toBe(
      `Lambda could not start a function of this job: ${name}: no JSON. Nothing was done. Check the state of the functions ` +
        'and the free addresses of their subnets (aws lambda get-function-configuration); then order the job again.',
    );
  });

  it('says where a working password is when a function never answers', async () => {
    const { called, error, cause } = await execute(JOB, { change: [failed('Lambda.Unknown')] });

    expect(called.filter(([name]) => name === 'ChangePassword')).toHaveLength(3);
    expect(error).toBe('WorkerLost');
    expect(cause).toBe(
      'A function of the job ended without an answer: out of time, crashed, or refused by Lambda. A password that ' +
        'works is in Parameter Store, as the parameter password or password_pending of the account. Read the logs ' +
        '(log groups /ops/password-look-up and /ops/password-change, the lines with this job id), and order the job ' +
        'again: it takes up what was begun.',
    );
  });
});

describe('a request that is not valid', () => {
  const ALLOWED =
    'job_options of password_change must have db_name (string), db_env (string), db_user (string); may have ' +
    'generate (boolean), create_if_missing (boolean), discard_old_password (boolean); nothing else';
  const { job_options: options } = JOB;

  it.each([
    ['another job', { job_name: 'db_backup', job_options: options }, 'job_name must be password_change'],
    ['no account', { job_name: 'password_change', job_options: { ...options, db_user: undefined } }, ALLOWED],
    ['a wrong type', { job_name: 'password_change', job_options: { ...options, generate: 'yes' } }, ALLOWED],
    ["another job's option", { job_name: 'password_change', job_options: { ...options, engine: 'script' } }, ALLOWED],
  ])('is refused before a function is called: %s', async (_, input, allowed) => {
    const { called, error, cause } = await execute(input);

    expect(error).toBe('InvalidRequest');
    expect(cause).toContain(`The request is not valid: ${allowed}.`);
    expect(called.map(([name]) => name)).toEqual(['NotifyFailure']);
  });
});
