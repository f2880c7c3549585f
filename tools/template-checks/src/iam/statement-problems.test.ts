import { stackWithResource } from '../testing/stack-with.ts';
import { policyStatements } from './policy-statements.ts';
import { statementProblems } from './statement-problems.ts';

function problemsOf(type: string, properties: object): string[] {
  return policyStatements(stackWithResource(type, properties))
    .flatMap(statementProblems)
    .map(({ what }) => what);
}

function problemsOfRight(statement: object): string[] {
  const PolicyDocument = { Statement: [{ Effect: 'Allow', ...statement }] };
  return problemsOf('AWS::IAM::Role', { Policies: [{ PolicyDocument }] });
}

describe('a right', () => {
  it('passes when it names actions and resources', () => {
    expect(problemsOfRight({ Action: ['s3:PutObject'], Resource: 'arn:aws:s3:::bucket/*' })).toEqual([]);
  });

  it.each([['*'], ['s3:*'], ['s3:Get*']])('on the actions %s is found', (action) => {
    expect(problemsOfRight({ Action: action, Resource: 'arn:aws:s3:::bucket' })).toEqual([`allows ${action}`]);
  });

  it('that says what it is not for is found', () => {
    expect(problemsOfRight({ NotAction: 'iam:*', NotResource: 'arn:aws:s3:::bucket' })).toEqual([
      'NotAction gives everything but what it names',
      'NotResource gives everything but what it names',
      'names no action',
      'names no resource',
    ]);
  });

  it('to pass a role must say to which service, and which role', () => {
    const right = { Action: 'iam:PassRole', Resource: 'arn:aws:iam::1:role/worker' };
    const toService = (service: unknown): object => ({ StringEquals: { 'iam:PassedToService': service } });
    const found = 'iam:PassRole without one service in iam:PassedToService';

    expect(problemsOfRight({ ...right, Condition: toService('ecs-tasks.amazonaws.com') })).toEqual([]);
    expect(problemsOfRight(right)).toEqual([found]);
    expect(problemsOfRight({ ...right, Condition: toService(['a', 'b']) })).toEqual([found]);
    expect(problemsOfRight({ ...right, Condition: { StringLike: { 'iam:PassedToService': '*' } } })).toEqual([found]);
    expect(problemsOfRight({ ...right, Resource: '*', Condition: toService('ecs-tasks.amazonaws.com') })).toEqual([
      'iam:PassRole on *',
    ]);
  });
});

describe('a policy of a resource', () => {
  const onBucket = (statement: object): string[] =>
    problemsOf('AWS::S3::BucketPolicy', { PolicyDocument: { Statement: { Effect: 'Allow', ...statement } } });

  it('may deny everybody everything', () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    expect(onBucket({ Effect: 'Deny', Action: 's3:*', Principal: '*', Resource: '*', Condition })).toEqual([]);
  });

  it.each([
    ['everybody', { Action: 's3:GetObject', Principal: { AWS: '*' }, Resource: 'arn:b' }, 'allows everybody'],
    ['NotPrincipal', { Action: 's3:GetObject', NotPrincipal: 'x', Resource: 'arn:b' }, /^NotPrincipal gives/],
    ['on everything', { Action: 's3:GetObject', Principal: { AWS: 'x' }, Resource: '*' }, /resource policy on "\*"/],
  ])('that allows %s is found', (_, statement, problem) => {
    expect(onBucket(statement)).toEqual([expect.stringMatching(problem)]);
  });

  it('is found in whatever property a resource keeps it', () => {
    const KeyPolicy = { Statement: [{ Effect: 'Allow', Action: 'kms:*', Principal: { AWS: 'root' }, Resource: '*' }] };
    expect(problemsOf('AWS::KMS::Key', { KeyPolicy })).toEqual(['allows kms:*']);
  });
});
