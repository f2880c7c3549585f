import fc from 'fast-check';
import { listPage } from './list-page.ts';

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe('listPage', () => {
  it('gives each key and folder once, whatever the size of a page', () => {
    const keys = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', '/', 'ü', '😀'), minLength: 1 }));
    fc.assert(
      fc.property(keys, fc.constantFrom('', '/'), fc.integer({ min: 1, max: 4 }), (unsorted, delimiter, size) => {
        const sorted = unsorted.toSorted(byBytes);
        const whole = listPage(sorted, { prefix: '', delimiter, after: '', size: 1000 });
        const paged: string[] = [];
        for (let after: string | undefined = ''; after !== undefined;) {
          const page = listPage(sorted, { prefix: '', delimiter, after, size });
          paged.push(...page.keys, ...page.prefixes);
          after = page.next;
        }
        expect(paged.toSorted(byBytes)).toEqual([...whole.keys, ...whole.prefixes].toSorted(byBytes));
        expect(new Set(paged).size).toBe(paged.length);
      }),
    );
  });

  it('makes a folder of the keys that a delimiter follows after the prefix', () => {
    const keys = ['l/1', 'l/2/x', 'l/2/y', 'l/3'];
    const page = listPage(keys, { prefix: 'l/', delimiter: '/', after: '', size: 2 });
    expect(page).toEqual({ keys: ['l/1'], prefixes: ['l/2/'], next: 'l/2/' });
    expect(listPage(keys, { prefix: 'l/', delimiter: '/', after: 'l/2/', size: 2 })).toEqual({
      keys: ['l/3'],
      prefixes: [],
      next: undefined,
    });
  });
});
