import { stackWithResource } from '../testing/stack-with.ts';
import { attachedProblems } from './attached-problems.ts';

describe('rights from elsewhere', () => {
  it('are found: a policy that AWS keeps', () => {
    const ManagedPolicyArns = [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/PowerUser']] }];
    expect(attachedProblems(stackWithResource('AWS::IAM::Role', { ManagedPolicyArns }))).toEqual([
      { where: 'app/Thing', what: 'has PowerUser' },
    ]);
  });

  it('are found: a user with a key', () => {
    expect(attachedProblems(stackWithResource('AWS::IAM::AccessKey', { UserName: 'u' }))).toEqual([
      { where: 'app/Thing', what: 'is AWS::IAM::AccessKey: what runs here has a role' },
    ]);
  });

  it('are none of a role with a policy of its own', () => {
    expect(attachedProblems(stackWithResource('AWS::IAM::Role', { Policies: [] }))).toEqual([]);
  });
});
