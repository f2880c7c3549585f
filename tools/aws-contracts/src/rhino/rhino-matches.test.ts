import { rhinoMatches } from './rhino-matches.ts';

it('Rhino has no flag u: there a property of Unicode is a letter and a word in braces', () => {
  expect(
    rhinoMatches([
      ['^\\P{Cc}*$', 'mary'],
      ['^\\P{Cc}*$', 'P{Cc'],
      ['^[^\\u0000-\\u001f\\u007f-\\u009f]*$', 'zoë 界😀'],
      ['^[^\\u0000-\\u001f\\u007f-\\u009f]*$', 'a\u0085'],
    ]),
  ).toEqual([false, true, true, false]);
});
