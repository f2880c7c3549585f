import { FunctionStates } from './function-states.ts';

describe('the states of functions', () => {
  it('are active, until one was idle: its first call fails and wakes it up, and later ones fail until it is back', () => {
    let now = 0;
    const states = new FunctionStates(() => new Date(now));
    const refusal = expect.objectContaining({ code: 'ResourceNotReadyException', statusCode: 502 }) as Error;
    expect(() => states.requireActive('arn:f')).not.toThrow();
    states.makeInactive('arn:f');
    now += 3_600_000;
    expect(states.stateOf('arn:f')).toBe('Inactive');
    expect(() => states.requireActive('arn:f')).toThrow(refusal);
    expect(states.stateOf('arn:f')).toBe('Pending');
    now += 999;
    expect(() => states.requireActive('arn:f')).toThrow(refusal);
    now += 1;
    expect(() => states.requireActive('arn:f')).not.toThrow();
    expect(states.stateOf('arn:f')).toBe('Active');
    expect(states.stateOf('arn:other')).toBe('Active');
  });
});
