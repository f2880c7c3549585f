import { stackWithResource } from '../testing/stack-with.ts';
import { policyStatements } from './policy-statements.ts';
import { wildcardResourceProblems } from './wildcard-resource-problems.ts';

const allowed = {
  'ecr:GetAuthorizationToken': { reason: 'No other way' },
  'ecs:ListTasks': { reason: 'Narrowed otherwise', onlyWithCondition: 'ecs:cluster' },
};

function problemsOf(statement: object): string[] {
  const PolicyDocument = { Statement: [{ Effect: 'Allow', ...statement }] };
  return policyStatements(stackWithResource('AWS::IAM::ManagedPolicy', { PolicyDocument }))
    .flatMap((each) => wildcardResourceProblems(each, allowed))
    .map(({ what }) => what);
}

describe('an action on every resource', () => {
  it('passes where there is a reason for this action', () => {
    expect(problemsOf({ Action: 'ecr:GetAuthorizationToken', Resource: '*' })).toEqual([]);
  });

  it.each([['*'], ['arn:aws:s3:::*'], ['arn:${AWS::Partition}:sns:*:*:*']])('is found as %s', (Resource) => {
    expect(problemsOf({ Action: ['ecr:GetAuthorizationToken', 's3:PutObject'], Resource })).toEqual([
      's3:PutObject on every resource',
    ]);
  });

  it('must have the condition that narrows it', () => {
    const onCluster = { ArnEquals: { 'ecs:cluster': 'arn:cluster' } };
    expect(problemsOf({ Action: 'ecs:ListTasks', Resource: '*', Condition: onCluster })).toEqual([]);
    expect(problemsOf({ Action: 'ecs:ListTasks', Resource: '*' })).toEqual([
      'ecs:ListTasks on every resource without a condition on ecs:cluster',
    ]);
  });
});
