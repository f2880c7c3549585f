import { endStates, failure, FAILED, SUCCEEDED } from './end-states.ts';

const states = endStates({
  partition: 'aws',
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops',
  resultPath: '$.result',
  details: { 'db_user.$': '$.job_options.db_user' },
});

describe('the end of a workflow', () => {
  it('tells the topic of a success, with its result and what was asked for beside it, and ends with the result', () => {
    expect(states[SUCCEEDED]).toMatchObject({
      Parameters: {
        'Subject.$': "States.Format('{} succeeded', $.job_name)",
        Message: { outcome: 'succeeded', 'db_user.$': '$.job_options.db_user', 'result.$': '$.result' },
      },
      Next: 'JobComplete',
    });
    expect(states['JobComplete']).toEqual({ Type: 'Succeed', OutputPath: '$.result' });
  });

  it('tells the topic of a failure, and ends under its error', () => {
    expect(states[FAILED]).toMatchObject({
      Parameters: { Message: { outcome: 'failed', 'error.$': '$.failure.Error', 'cause.$': '$.failure.Cause' } },
      Next: 'JobFailed',
    });
    expect(states['JobFailed']).toEqual({ Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' });
  });

  it.each([SUCCEEDED, FAILED])('is not changed by a message of %s that cannot be sent', (name) => {
    expect(states[name]).toMatchObject({
      Catch: [{ ErrorEquals: ['States.ALL'], Next: name === SUCCEEDED ? 'JobComplete' : 'JobFailed' }],
    });
  });

  it('can come by an error of the workflow itself', () => {
    expect(failure('WorkerLost', 'It is gone.')).toEqual({
      Type: 'Pass',
      Result: { Error: 'WorkerLost', Cause: 'It is gone.' },
      ResultPath: '$.failure',
      Next: FAILED,
    });
  });
});
