import { stackWithResource } from '../testing/stack-with.ts';
import { logGroupProblems } from './log-groups.ts';

describe('a log group', () => {
  it.each([
    [{ RetentionInDays: 90 }, []],
    [{}, [{ where: 'app/Thing', what: 'keeps its lines for ever' }]],
  ])('with %j: %j', (properties, findings) => {
    expect(logGroupProblems(stackWithResource('AWS::Logs::LogGroup', properties))).toEqual(findings);
  });
});
