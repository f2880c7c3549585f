import { z } from 'zod';
import { JOB_OPTIONS_SCHEMAS } from './job-kinds.ts';
import { textSchema } from './text-schema.ts';

describe('a text', () => {
  it('counts an emoji as one character, as JSON Schema does', () => {
    expect(textSchema(3).safeParse('😀😀😀').success).toBe(true);
    expect(textSchema(3).safeParse('😀😀😀😀').error?.issues[0]?.message).toBe(
      'Too big: expected string to have <=3 characters',
    );
    expect(z.toJSONSchema(textSchema(3))).toMatchObject({ type: 'string', maxLength: 3 });
  });

  it('has no form that needs a flag', () => {
    expect(() => textSchema(3, /^\P{Cc}*$/u)).toThrow('API Gateway ignores flags');
  });
});

/** Every pattern of a JSON Schema. */
function patternsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === 'pattern' && typeof value === 'string' ? [value] : patternsIn(value),
  );
}

describe('the patterns of all options', () => {
  const patterns = Object.values(JOB_OPTIONS_SCHEMAS).flatMap((schema) => patternsIn(z.toJSONSchema(schema)));

  it.each([...new Set(patterns)])('%s means the same with and without the flag u', (pattern) => {
    // Everything that only one of the two takes for a name: \p{…}, \u{…}, \k<…>.
    expect(pattern).not.toMatch(/\\[pPk]|\\u\{|\(\?[<:!=]?</);
    const both = [new RegExp(pattern), new RegExp(pattern, 'u')];
    for (const value of ['mary', 'P{Cc}', '', 'a\u0000', 'a\u009f', '\n', 'zoë', '界', '😀', '..', 'a b']) {
      const [plain, unicode] = both.map((form) => form.test(value));
      expect([value, plain]).toEqual([value, unicode]);
    }
  });
});

describe('the name of an account', () => {
  it.each([
    ['mary', true],
    ["o'neil", true],
    ['zoë 界😀', true],
    ['', false],
    ['a\u0000', false],
    ['a\u001f', false],
    ['a\u007f', false],
    ['a\u009f', false],
    ['a\n', false],
  ])('%j is one: %s', (value, expected) => {
    expect(JOB_OPTIONS_SCHEMAS.password_change.shape.db_user.safeParse(value).success).toBe(expected);
  });
});
