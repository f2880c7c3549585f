import { stackWith } from '../testing/stack-with.ts';
import { functionProblems } from './functions.ts';

const good = {
  Architectures: ['arm64'],
  LoggingConfig: { LogGroup: { Ref: 'Logs908D536A' } },
  Role: { 'Fn::GetAtt': ['RoleC77BEC3C', 'Arn'] },
  Runtime: 'nodejs24.x',
};

function findingsIn(...functions: object[]): string[] {
  const Resources = Object.fromEntries(
    functions.map((change, index) => [
      `Function${index}`,
      { Type: 'AWS::Lambda::Function', Properties: { ...good, ...change } },
    ]),
  );
  const Logs908D536A = { Type: 'AWS::Logs::LogGroup', Properties: {} };
  return functionProblems(stackWith({ Resources: { ...Resources, Logs908D536A } })).map(
    ({ where, what }) => `${where}: ${what}`,
  );
}

describe('a function', () => {
  it('passes on Node 24 on arm64, with a log group of its stack', () => {
    expect(findingsIn({})).toEqual([]);
  });

  it.each([
    ['an older Node', { Runtime: 'nodejs20.x' }, 'runs on nodejs20.x'],
    ['the usual architecture', { Architectures: undefined }, 'runs on "x86_64"'],
    ['the log group that Lambda makes', { LoggingConfig: undefined }, /^app\/Function0: has no log group of its stack/],
    ['a log group of elsewhere', { LoggingConfig: { LogGroup: '/aws/lambda/x' } }, /has no log group of its stack/],
  ])('is found on %s', (_, change, problem) => {
    expect(findingsIn(change)).toEqual([expect.stringMatching(problem)]);
  });

  it('is found when it shares a role or a log group', () => {
    expect(findingsIn({}, {})).toEqual([
      'app/Function0: shares its log group',
      'app/Function0: shares its role',
      'app/Function1: shares its log group',
      'app/Function1: shares its role',
    ]);
  });
});
