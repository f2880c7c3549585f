import { synthesizedStacks } from '../assembly/synthesized-stacks.ts';
import { unfilledParameters, writtenParameters } from './shared-parameters.ts';
import { stackTies } from './stack-ties.ts';

/** Deployed first: it writes what the others read. */
const FOUNDATION = 'infra';

const stacks = synthesizedStacks();
const foundation = stacks.filter(({ app }) => app === FOUNDATION);
const others = stacks.filter(({ app }) => app !== FOUNDATION);

describe('each stack', () => {
  it('is tied to no other', () => {
    expect(stacks.flatMap(stackTies)).toEqual([]);
  });

  it('can be created with nothing but Foundation before it', () => {
    const written = Object.assign({}, ...foundation.map(writtenParameters)) as Record<string, string>;
    expect(others.flatMap((stack) => unfilledParameters(stack, written))).toEqual([]);
  });

  it('of Foundation can be created first of all', () => {
    expect(foundation.flatMap((stack) => unfilledParameters(stack, {}))).toEqual([]);
  });
});
