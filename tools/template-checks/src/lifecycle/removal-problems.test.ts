import { stackWith } from '../testing/stack-with.ts';
import { removalProblems } from './removal-problems.ts';

function problemsOf(type: string, policies: object): string[] {
  const stack = stackWith({ Resources: { Thing: { Type: type, ...policies } } });
  return removalProblems(stack).map(({ what }) => what);
}

describe('what keeps data', () => {
  it.each([['Retain'], ['RetainExceptOnCreate'], ['Snapshot']])('stays with the policy %s', (DeletionPolicy) => {
    expect(problemsOf('AWS::S3::Bucket', { DeletionPolicy, UpdateReplacePolicy: 'Retain' })).toEqual([]);
  });

  it.each([
    ['no policy', {}, 'AWS::S3::Bucket keeps data and goes with its stack'],
    ['Delete', { DeletionPolicy: 'Delete' }, 'AWS::S3::Bucket keeps data and goes with its stack'],
    ['one policy only', { DeletionPolicy: 'Retain' }, 'AWS::S3::Bucket keeps data and goes when it is replaced'],
  ])('is found with %s', (_, policies, problem) => {
    expect(problemsOf('AWS::S3::Bucket', policies)).toEqual([problem]);
  });
});

describe('everything else', () => {
  it('goes with its stack', () => {
    expect(problemsOf('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' })).toEqual([]);
    expect(problemsOf('AWS::IAM::Role', {})).toEqual([]);
  });

  it('is found when it stays: a log group that stays keeps its stack from being deployed again', () => {
    expect(problemsOf('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain' })).toEqual([
      'AWS::Logs::LogGroup stays when its stack goes',
    ]);
  });
});
