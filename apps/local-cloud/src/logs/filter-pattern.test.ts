import { parseFilterPattern } from './filter-pattern.ts';

const line = '{"level":"error","job_id":"j-1","bytes":1200,"tables":["a","b"],"err":{"code":null},"done":false}';

describe('parseFilterPattern', () => {
  it.each([
    ['', true],
    ['error', true],
    ['Error', false],
    ['error j-1', true],
    ['error j-2', false],
    ['"error","job_id"', true],
    ['"job_id\\":\\"j-1"', true],
    ['error -done', false],
    ['error -missing', true],
    ['?warn ?error', true],
    ['?warn ?fatal', false],
    ['%j-[0-9]%', true],
    ['%k-[0-9]%', false],
    ['{ $.level = "error" }', true],
    ['{ $.level = error }', true],
    ['{ $.level = "err*" }', true],
    ['{ $.level != "error" }', false],
    ['{ $.bytes > 1000 && $.bytes <= 1200 }', true],
    ['{ $.bytes < 1000 || ($.level = "warn") }', false],
    ['{ $.tables[1] = "b" }', true],
    ['{ $.err.code IS NULL && $.done IS FALSE }', true],
    ['{ $.err.nothing NOT EXISTS }', true],
    ['{ $.level NOT EXISTS }', false],
    ['{ $.nothing != "x" }', false],
  ])('%s', (pattern, matches) => {
    expect(parseFilterPattern(pattern)(line)).toBe(matches);
  });

  it('finds nothing by JSON in a line that is none', () => {
    expect(parseFilterPattern('{ $.level = "error" }')('error')).toBe(false);
  });

  it.each([
    '{ $.level = }',
    '{ $.level ~ "x" }',
    '{ level = "x" }',
    '{ $.a = 1',
    '{ ($.a = 1 }',
    '[ip, user]',
    '"open',
  ])('refuses %s', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow(`Invalid filter pattern: ${pattern}`);
  });
});
