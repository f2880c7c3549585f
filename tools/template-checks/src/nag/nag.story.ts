import { checkedSettings } from '../assembly/checked-settings.ts';
import { synthesizedStacks } from '../assembly/synthesized-stacks.ts';
import { compareWithExceptions, NOTHING_LEFT } from '../exceptions/compare-with-exceptions.ts';
import { ACCEPTED_FINDINGS } from './accepted-findings.ts';
import { nagFindings } from './nag-findings.ts';
import { settingsPlaceholders } from './settings-placeholders.ts';

/** Asked more closely in `iam/`: there each action on "*" needs a reason of its own, and not each role. */
const LEFT_TO_IAM = 'IAM5[Resource::*]';

const settings = checkedSettings();
const placeholders = settingsPlaceholders(settings);

describe('cdk-nag AwsSolutions', () => {
  const stacks = synthesizedStacks();
  const findings = stacks.flatMap((stack) => nagFindings(stack, placeholders));

  it('finds nothing in any stack, but what is accepted for a written reason', () => {
    const asked = findings.filter(({ what }) => what !== LEFT_TO_IAM);
    expect(compareWithExceptions(asked, ACCEPTED_FINDINGS, settings)).toEqual(NOTHING_LEFT);
  });

  it('is held against every stack', () => {
    const checked = new Set(findings.map(({ where }) => where.split('/')[0]));
    expect([...checked].sort()).toEqual(stacks.map(({ app }) => app));
  });

  it('has a reason, not a word', () => {
    expect(ACCEPTED_FINDINGS.filter(({ reason }) => reason.split(' ').length < 10)).toEqual([]);
  });
});
