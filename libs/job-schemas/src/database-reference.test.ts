import fc from 'fast-check';
import * as z from 'zod';
import { databaseReferenceShape } from './database-reference.ts';

const reference = z.strictObject(databaseReferenceShape);
const names = ['db_name', 'db_env'] as const;

const GOOD = ['classicmodels', 'a', '-', '_', '.a', '..a', 'a.', 'a..b', 'prod.eu-1', '0', 'x'.repeat(64)];
const BAD = ['', '.', '..', '...', 'a/b', '/', '../a', 'a\n', '\na', 'a b', 'ä', 'a{{b}}', 'x'.repeat(65)];

describe.each(names)('%s of an order', (name) => {
  const accepts = (value: string): boolean =>
    reference.safeParse({ db_name: 'shop', db_env: 'prod', [name]: value }).success;

  it.each(GOOD)('can be %j', (value) => {
    expect(accepts(value)).toBe(true);
  });

  it.each(BAD)('cannot be %j', (value) => {
    expect(accepts(value)).toBe(false);
  });
});

describe('the pattern of both', () => {
  const { properties } = z.toJSONSchema(reference);
  const source = (properties?.['db_name'] as { pattern: string }).pattern;

  it('means the same with and without the flag u, whatever the text', () => {
    const [withFlag, without] = [new RegExp(source, 'u'), new RegExp(source)];
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[.a/\n-]{0,6}$/));

    fc.assert(
      fc.property(text, (value) => withFlag.test(value) === without.test(value)),
      { numRuns: 1000 },
    );
  });

  it('takes as long as the text is, and not longer', () => {
    const startedAt = performance.now();

    expect(new RegExp(source).test(`${'.'.repeat(300_000)}/`)).toBe(false);
    // With back-tracking it is minutes.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
