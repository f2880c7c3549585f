import fc from 'fast-check';
import { databaseUserParameterPath } from './parameter-paths.ts';

const pathOf = (dbUser: string): string =>
  databaseUserParameterPath('/serverlessops', { dbName: 'shop', dbEnv: 'prod', dbUser });

describe('the path of an account', () => {
  it.each([
    ['mary', 'mary'],
    ['john.doe', 'john.doe'],
    ['app-1_rw', 'app-1_rw'],
    ["o'neil", 'o.27neil'],
    ['a/b', 'a.2fb'],
    ['zoë', 'zo.c3.ab'],
    ['a.be', 'a.2ebe'],
    ['a.2ebe', 'a.2e2ebe'],
  ])('of %j ends in %s', (dbUser, level) => {
    expect(pathOf(dbUser)).toBe(`/serverlessops/database_users/shop/prod/${level}`);
  });

  it('is one that Parameter Store takes, whatever the account is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (dbUser) => {
        expect(pathOf(dbUser)).toMatch(/^(\/[A-Za-z0-9_.-]+)+$/);
      }),
    );
  });

  it('is never that of another account', () => {
    const awkward = fc.string({ unit: fc.constantFrom('.', '2', 'e', 'a', '7', "'", '/', 'é'), maxLength: 6 });
    fc.assert(
      fc.property(awkward, awkward, (one, other) => {
        fc.pre(one !== other);
        expect(pathOf(one)).not.toBe(pathOf(other));
      }),
      { numRuns: 2000 },
    );
  });
});
