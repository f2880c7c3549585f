import fc from 'fast-check';
import type { Json } from '../json.ts';
import { runMachine } from '../testing/run-machine.ts';
import { ruleHolds } from './choice-rule.ts';
import type { ChoiceRule } from '../definition.ts';

const holds = (rule: ChoiceRule, x: Json) =>
  ruleHolds({ Variable: '$.x', ...rule }, { input: { x, y: 'b', n: 2 }, context: {} });

it.each<[ChoiceRule, Json[], Json[]]>([
  [{ StringEquals: 'b' }, ['b'], ['B', '', 1, null]],
  [{ StringEqualsPath: '$.y' }, ['b'], ['a', '$.y']],
  [{ StringLessThan: 'b' }, ['a', 'B', ''], ['b', 'c', 0]],
  [{ StringGreaterThanEquals: 'b' }, ['b', 'c'], ['a']],
  [{ NumericEquals: 2 }, [2, 2.0], ['2', 3]],
  [{ NumericGreaterThan: 2 }, [2.5], [2, 1, '3']],
  [{ NumericLessThanEqualsPath: '$.n' }, [2, -1], [3]],
  [{ BooleanEquals: false }, [false], [true, 'false', 0, null]],
  [
    { TimestampLessThan: '2026-01-01T00:00:00Z' },
    ['2025-12-31T23:59:59.9Z', '2026-01-01T00:30:00+01:00'],
    ['2026-01-01T00:00:00Z', 'then'],
  ],
  [{ StringMatches: 'a*c' }, ['ac', 'abc', 'a\n/c'], ['ab', 'xac', 'a']],
  [{ StringMatches: 'a\\*' }, ['a*'], ['ab']],
  [{ StringMatches: 'a.b+(c)' }, ['a.b+(c)'], ['axb+(c)']],
  [{ IsNull: true }, [null], [0, '']],
  [{ IsNull: false }, [0, ''], [null]],
  [{ IsString: true }, ['', 'x'], [1, null]],
  [{ IsNumeric: true }, [0, 1.5], ['1']],
  [{ IsNumeric: false }, ['1'], [1]],
  [{ IsBoolean: true }, [true, false], ['true']],
  [{ IsTimestamp: true }, ['2026-01-01T00:00:00Z'], ['2026-01-01', 5]],
  [{ IsPresent: true }, [null, 0, ''], []],
  [{ IsPresent: false }, [], [null, 0]],
])('%j holds for %j and not for %j', (rule, right, wrong) => {
  expect(right.filter((x) => !holds(rule, x))).toEqual([]);
  expect(wrong.filter((x) => holds(rule, x))).toEqual([]);
});

it('IsPresent asks for what is not there without failing, other tests fail', () => {
  const roots = { input: {}, context: {} };
  expect(ruleHolds({ Variable: '$.none', IsPresent: false }, roots)).toBe(true);
  expect(ruleHolds({ Variable: '$.none.deeper[3]', IsPresent: true }, roots)).toBe(false);
  expect(() => ruleHolds({ Variable: '$.none', IsNull: true }, roots)).toThrow("Invalid path '$.none'");
});

it('And, Or and Not stop where the answer is known', () => {
  const present: ChoiceRule = { Variable: '$.none', IsPresent: true };
  const compare: ChoiceRule = { Variable: '$.none', StringEquals: 'x' };
  expect(ruleHolds({ And: [present, compare] }, { input: {}, context: {} })).toBe(false);
  expect(ruleHolds({ Or: [{ Not: present }, compare] }, { input: {}, context: {} })).toBe(true);
});

it('a text without wildcards matches itself alone', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, other) => {
      const pattern = text.replace(/[*\\]/g, '\\$&');
      expect(holds({ StringMatches: pattern }, text)).toBe(true);
      expect(holds({ StringMatches: pattern }, other)).toBe(text === other);
    }),
  );
});

it('the first rule that holds decides, then the default, else the state fails', async () => {
  const states = (more: object) => ({
    C: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.x', NumericEquals: 1, Next: 'One' },
        { Variable: '$.x', NumericLessThan: 3, Next: 'Few' },
      ],
      ...more,
    },
    One: { Type: 'Pass', Result: 'one', End: true },
    Few: { Type: 'Pass', Result: 'few', End: true },
    Many: { Type: 'Pass', Result: 'many', End: true },
  });
  const chosen = async (x: number) => (await runMachine(states({ Default: 'Many' }), { x })).output;
  expect([await chosen(1), await chosen(2), await chosen(3)]).toEqual(['one', 'few', 'many']);
  expect(await runMachine(states({}), { x: 3 })).toMatchObject({ error: 'States.NoChoiceMatched' });
});
