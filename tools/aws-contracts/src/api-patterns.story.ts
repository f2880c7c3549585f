import { JOB_OPTIONS_SCHEMAS } from '@serverless-ops/job-schemas';
import fc from 'fast-check';
import type { z } from 'zod';
import { schemasWithPattern, synthesizedApi, type ApiSchema } from './assembly/api-document.ts';
import { rhinoMatches } from './rhino/rhino-matches.ts';

const schemas = schemasWithPattern(synthesizedApi());

/** Texts that engines have judged differently: flags, line ends, control characters, what is beyond ASCII. */
const AWKWARD = [
  ...['', 'a', 'mary', "o'neil", 'P{Cc', '}', 'zoë', '界', '😀', '\ud83d', 'a b', '.', '..', '-', '_', 'a.b', 'A'],
  ...['\n', 'a\n', '\na', 'a\r', 'a\u2028', 'a\u0085', 'a\u0000', 'a\u001f', 'a\u007f', 'a\u009f', 'a\u00a0'],
  ...['x'.repeat(64), 'x'.repeat(65), 'x'.repeat(80), 'x'.repeat(81), 'a/b', '../a', 'a{{b}}', '$', '^', '\\'],
];

/** Texts that fit the pattern, and any others. */
function textsFor(pattern: string): string[] {
  const good = fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 100, seed: 1 });
  const any = fc.sample(fc.string({ unit: 'binary', maxLength: 20 }), { numRuns: 100, seed: 2 });
  const bent = good.map((text, index) => text.slice(0, -1) + (AWKWARD[index % AWKWARD.length] ?? ''));
  return [...good, ...any, ...bent, ...AWKWARD];
}

it('the API has patterns', () => {
  expect(schemas.map(([place]) => place)).toEqual(
    expect.arrayContaining(['JobRequest.job_options.db_user', 'JobRequest.job_options.db_name']),
  );
});

describe.each(schemas)('the pattern of %s', (place, schema) => {
  const pattern = schema.pattern ?? '';
  const texts = textsFor(pattern);
  const inRhino = rhinoMatches(texts.map((text) => [pattern, text] as const));

  it('means the same in Rhino, and here with and without the flag u', () => {
    const [plain, unicode] = [new RegExp(pattern), new RegExp(pattern, 'u')];
    expect(texts.map((text, index) => [text, inRhino[index]])).toEqual(texts.map((text) => [text, plain.test(text)]));
    expect(texts.map((text) => [text, unicode.test(text)])).toEqual(texts.map((text) => [text, plain.test(text)]));
    expect(new Set(inRhino)).toEqual(new Set([true, false]));
  });

  it('lets exactly those texts through that every job with such an option takes', () => {
    for (const option of optionsAt(place)) {
      const byJob = texts.map((text) => [text, option.safeParse(text).success]);
      expect(texts.map((text, index) => [text, inRhino[index] === true && hasItsLength(text, schema)])).toEqual(byJob);
    }
  });
});

/** Lengths of JSON Schema are in characters, an emoji being one. */
function hasItsLength(text: string, { minLength = 0, maxLength = Infinity }: ApiSchema): boolean {
  const { length } = Array.from(text);
  return length >= minLength && length <= maxLength;
}

/** The options of jobs that a schema of the model of orders stands for. */
function optionsAt(place: string): z.ZodType[] {
  const [, name] = /^(?:Job|Backup)Request\.job_options\.(\w+)$/.exec(place) ?? [];
  if (name === undefined) return [];
  return Object.values(JOB_OPTIONS_SCHEMAS).flatMap(({ shape }) => (shape as Record<string, z.ZodType>)[name] ?? []);
}
