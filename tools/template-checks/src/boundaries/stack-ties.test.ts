import { stackWith } from '../testing/stack-with.ts';
import { stackTies } from './stack-ties.ts';

describe('a stack', () => {
  it('has no ties when it waits for its own assets only', () => {
    const stack = stackWith({ Resources: {}, Outputs: { Url: { Value: 'https://' } } });
    expect(stackTies({ ...stack, dependencies: ['app-stack.assets'] })).toEqual([]);
  });

  it.each([
    [{ Outputs: { Url: { Value: 'https://', Export: { Name: 'url' } } } }, 'app-stack exports Url'],
    [{ Resources: { A: { Type: 'T', Properties: { x: { 'Fn::ImportValue': 'url' } } } } }, /uses Fn::ImportValue$/],
    [{ Resources: { A: { Type: 'T', Properties: { x: { 'Fn::GetStackOutput': {} } } } } }, /uses Fn::GetStackOutput$/],
    [{ Resources: { A: { Type: 'T', Properties: { x: '{{resolve:ssm:/a}}' } } } }, /uses \{\{resolve:ssm:$/],
  ])('is tied by %j', (template, tie) => {
    expect(stackTies(stackWith(template))).toEqual([expect.stringMatching(tie)]);
  });

  it('is tied by waiting for another', () => {
    expect(stackTies({ ...stackWith({}), dependencies: ['app-stack.assets', 'foundation'] })).toEqual([
      'app-stack waits for foundation',
    ]);
  });
});
