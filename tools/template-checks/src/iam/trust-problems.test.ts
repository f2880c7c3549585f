import { stackWithResource } from '../testing/stack-with.ts';
import { policyStatements } from './policy-statements.ts';
import { trustProblems } from './trust-problems.ts';

const inThisAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };

function problemsOf(statement: object): string[] {
  const AssumeRolePolicyDocument = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }] };
  return policyStatements(stackWithResource('AWS::IAM::Role', { AssumeRolePolicyDocument }))
    .flatMap((each) => trustProblems(each, { 'lambda.amazonaws.com': 'Does not say' }))
    .map(({ what }) => what);
}

describe('a role', () => {
  it('is for one service, in this account', () => {
    const Principal = { Service: 'ecs-tasks.amazonaws.com' };
    expect(problemsOf({ Principal, Condition: inThisAccount })).toEqual([]);
  });

  it.each([
    ['two services', { Service: ['a.amazonaws.com', 'b.amazonaws.com'] }, /^trusts Service a\.\S+, Service b/],
    ['an account', { AWS: 'arn:aws:iam::1:root' }, 'trusts AWS arn:aws:iam::1:root'],
    ['another identity provider', { Federated: 'arn:oidc' }, 'trusts Federated arn:oidc'],
  ])('for %s is found', (_, Principal, problem) => {
    expect(problemsOf({ Principal, Condition: inThisAccount })).toEqual([expect.stringMatching(problem)]);
  });

  it.each([
    ['no condition', {}],
    ['another condition', { StringLike: { 'aws:SourceAccount': '*' } }],
    ['any account', { StringEquals: { 'aws:SourceAccount': '*' } }],
  ])('that a service takes on with %s is found', (_, Condition) => {
    expect(problemsOf({ Principal: { Service: 'states.amazonaws.com' }, Condition })).toEqual([
      'trusts states.amazonaws.com whatever account it acts for',
    ]);
  });

  it('may be for a service that does not say which account it acts for', () => {
    expect(problemsOf({ Principal: { Service: 'lambda.amazonaws.com' } })).toEqual([]);
  });

  it('that can be taken on otherwise is found', () => {
    const statement = { Principal: { Service: 'x.amazonaws.com' }, Condition: inThisAccount };
    expect(problemsOf({ ...statement, Action: ['sts:AssumeRole', 'sts:TagSession'] })).toEqual([
      'is taken on by sts:AssumeRole, sts:TagSession',
    ]);
  });
});
