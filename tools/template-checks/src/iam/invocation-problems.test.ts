import { stackWithResource } from '../testing/stack-with.ts';
import { invocationProblems } from './invocation-problems.ts';

const byOneRule = { Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: 'arn:rule' };

function problemsOf(properties: object): string[] {
  return invocationProblems(stackWithResource('AWS::Lambda::Permission', properties)).map(({ what }) => what);
}

describe('a function', () => {
  it('may be invoked by one rule', () => {
    expect(problemsOf(byOneRule)).toEqual([]);
  });

  it.each([
    ['more than invoking', { Action: 'lambda:*' }, 'allows lambda:*'],
    ['everybody', { Principal: '*' }, 'may be invoked by *'],
    ['a service for any account', { SourceArn: undefined }, 'may be invoked for anybody: no SourceArn'],
    ['an open URL', { FunctionUrlAuthType: 'NONE' }, 'may be invoked by everybody through its URL'],
  ])('is found with %s', (_, change, problem) => {
    expect(problemsOf({ ...byOneRule, ...change })).toEqual([problem]);
  });
});
