import { checkedSettings } from '../assembly/checked-settings.ts';
import { synthesizedStacks } from '../assembly/synthesized-stacks.ts';
import { compareWithExceptions, NOTHING_LEFT } from '../exceptions/compare-with-exceptions.ts';
import { REMOVAL_EXCEPTIONS } from './removal-exceptions.ts';
import { removalProblems } from './removal-problems.ts';

describe('when a stack is removed', () => {
  it('its data stays and everything else goes, but for written reasons', () => {
    const findings = synthesizedStacks().flatMap(removalProblems);
    expect(compareWithExceptions(findings, REMOVAL_EXCEPTIONS, checkedSettings())).toEqual(NOTHING_LEFT);
  });
});
