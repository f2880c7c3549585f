import { parameterProblems } from './parameter-problems.ts';

const problemsOf = (integration: string, parameters: Record<string, unknown>): string[] =>
  parameterProblems({ name: 'x', integration, parameters });

describe('the parameters of a Task state', () => {
  it('may be what the guide lists, inner names as the API has them', () => {
    expect(
      problemsOf('ecs:runTask.waitForTaskToken', {
        LaunchType: 'FARGATE',
        'Cluster.$': '$.cluster',
        TaskDefinition: 'family',
        Overrides: { ContainerOverrides: [{ Name: 'c', Environment: [{ Name: 'A', 'Value.$': '$$.Task.Token' }] }] },
      }),
    ).toEqual([]);
    expect(problemsOf('aws-sdk:sfn:describeExecution', { 'ExecutionArn.$': '$.arn' })).toEqual([]);
    expect(problemsOf('sns:publish', { TopicArn: 'a', Message: { any: 'thing' } })).toEqual([]);
  });

  it.each([
    ['ecs:runTask', { TaskDefinition: 'f', 'StartedBy.$': '$.id' }, ['StartedBy is on no list of AWS']],
    [
      'ecs:runTask.sync',
      { TaskDefinition: 'f', Overrides: { TaskRoleArn: 'a' } },
      ['TaskRoleArn is not supported inside'],
    ],
    ['ecs:runTask', { TaskDefinition: 'f', Overrides: { Containers: [] } }, ['RunTask.Overrides has no Containers']],
    ['ecs:runTask', {}, ['RunTask lacks taskDefinition']],
    ['aws-sdk:sfn:startExecution', { Name: 'a' }, ['StartExecution lacks stateMachineArn']],
    [
      'aws-sdk:ecs:stopTask',
      { task: 'a', Reasons: 'b' },
      ['StopTask.task must begin with a capital letter', 'StopTask has no Reasons'],
    ],
    ['batch:submitJob', {}, ['no list of supported parameters is known for batch:submitJob']],
  ])('of %s are not %j', (integration, parameters, problems) => {
    expect(problemsOf(integration, parameters)).toEqual(problems);
  });
});
