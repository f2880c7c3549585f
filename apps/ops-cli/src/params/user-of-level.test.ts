import { posix } from 'node:path';
import { databaseUserParameterPath } from '@serverless-ops/names';
import fc from 'fast-check';
import { userOfLevel } from './user-of-level.ts';

describe('the account of a level', () => {
  it.each([
    ['mary', 'mary'],
    ['john.doe', 'john.doe'],
    ['o.27neil', "o'neil"],
    ['zo.c3.ab', 'zoë'],
    ['a.2ebe', 'a.be'],
  ])('%s is %s', (level, dbUser) => {
    expect(userOfLevel(level)).toBe(dbUser);
  });

  it.each(['a.ff', 'a.41', 'a.be'])('%s is none: it was made by hand', (level) => {
    expect(userOfLevel(level)).toBeUndefined();
  });

  it('is the one that it was made from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (dbUser) => {
        const path = databaseUserParameterPath('/acme', { dbName: 'shop', dbEnv: 'prod', dbUser });
        expect(userOfLevel(posix.basename(path))).toBe(dbUser);
      }),
    );
  });
});
