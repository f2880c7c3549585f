import type { JobError } from '@serverless-ops/job-schemas';
import fc from 'fast-check';
import type { Grant } from './grant.ts';
import { parseGrant } from './parse-grant.ts';

const frank = { user: 'frank', database: 'my_shop' };
const parse = (text: string): Grant => parseGrant(text, frank);
const all = [{ name: 'ALL PRIVILEGES', columns: [] }];
const onTheDatabase = { level: 'database', database: 'my_shop' };

function refusal(text: string, context = frank): string {
  try {
    parseGrant(text, context);
  } catch (error) {
    expect((error as JobError).code).toBe('ParameterInvalid');
    return (error as JobError).message;
  }
  throw new Error(`Expected a refusal of ${text}`);
}

describe('a grant', () => {
  test('without ON is on the database of the request', () => {
    expect(parse(`GRANT ALL PRIVILEGES TO 'frank'@'%';`)).toEqual({
      privileges: all,
      on: onTheDatabase,
      host: '%',
      withGrantOption: false,
    });
  });

  test.each<[string, Partial<Grant>]>([
    ['GRANT all TO frank', { privileges: [{ name: 'ALL', columns: [] }], host: '%' }],
    ['grant all privileges to `frank`@`10.0.%` with grant option', { host: '10.0.%', withGrantOption: true }],
    [`GRANT ALL PRIVILEGES ON *.* TO "frank"@"LocalHost"`, { on: { level: 'global' }, host: 'localhost' }],
    ['GRANT ALL PRIVILEGES ON my_shop.* TO frank', { on: { level: 'database', database: 'my_shop' } }],
    ['GRANT ALL PRIVILEGES ON `my\\_shop`.* TO frank', { on: { level: 'database', database: 'my_shop' } }],
    ['GRANT ALL PRIVILEGES ON `100\\%`.* TO frank', { on: { level: 'database', database: '100%' } }],
    ['GRANT ALL PRIVILEGES ON `a``b`.* TO frank', { on: { level: 'database', database: 'a`b' } }],
    ['GRANT ALL PRIVILEGES ON `läden`.* TO frank', { on: { level: 'database', database: 'läden' } }],
    [
      'GRANT ALL PRIVILEGES ON TABLE shop.`or ders` TO frank',
      { on: { level: 'table', database: 'shop', table: 'or ders' } },
    ],
    [
      '\n GRANT\tselect , insert ON shop . * TO frank\n;\n',
      {
        privileges: [
          { name: 'SELECT', columns: [] },
          { name: 'INSERT', columns: [] },
        ],
      },
    ],
    [
      'GRANT SELECT (a, `b c`), UPDATE (a), DELETE ON shop.orders TO frank',
      {
        privileges: [
          { name: 'SELECT', columns: ['a', 'b c'] },
          { name: 'UPDATE', columns: ['a'] },
          { name: 'DELETE', columns: [] },
        ],
      },
    ],
    [
      'GRANT CREATE TEMPORARY TABLES, LOCK TABLES TO frank',
      {
        privileges: [
          { name: 'CREATE TEMPORARY TABLES', columns: [] },
          { name: 'LOCK TABLES', columns: [] },
        ],
      },
    ],
  ])('is understood: %s', (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });

  test('is for a name with quotes in it', () => {
    const oneil = { user: `o'neil`, database: 'shop' };

    expect(parseGrant(`GRANT SELECT TO 'o''neil'@'%'`, oneil)).toMatchObject({ host: '%' });
    expect(parseGrant(`GRANT SELECT TO "o'neil"@'%'`, oneil)).toMatchObject({ host: '%' });
    expect(parseGrant("GRANT SELECT TO `o'neil`", oneil)).toMatchObject({ host: '%' });
  });

  test.each([
    ['two statements', `GRANT SELECT TO frank; DROP DATABASE shop`, 'its end is expected instead of "DROP"'],
    [
      'a comment',
      `GRANT SELECT /* x */ TO frank`,
      'it grants "SELECT"',
      'TO is expected instead of "/* x */ TO frank"',
    ],
    ['a comment to the end', `GRANT SELECT TO frank -- x`, 'its end is expected instead of "-- x"'],
    ['a comment of another kind', `GRANT SELECT TO frank # x`, 'its end is expected instead of "# x"'],
    [
      'a comment that MySQL runs',
      `GRANT SELECT TO frank /*!50000 , root */`,
      'its end is expected instead of "/*!50000',
    ],
    ['a password', `GRANT SELECT TO frank IDENTIFIED BY 'x'`, 'its end is expected instead of "IDENTIFIED"'],
    ['a demand', `GRANT SELECT TO frank REQUIRE SSL`, 'its end is expected instead of "REQUIRE"'],
    [
      'limits',
      `GRANT SELECT TO frank WITH MAX_USER_CONNECTIONS 1`,
      'GRANT is expected instead of "MAX_USER_CONNECTIONS"',
    ],
    ['another account', `GRANT SELECT TO 'root'@'%'`, 'it is for "root", while the request is for "frank"'],
    ['a second account', `GRANT SELECT TO frank, root`, 'its end is expected instead of ","'],
    ['a name in another case', `GRANT SELECT TO Frank`, 'it is for "Frank"'],
    ['a role', `GRANT developer TO frank`, 'it grants "DEVELOPER"'],
    ['a quoted role', `GRANT 'developer' TO frank`, `it grants "'developer'"`],
    ['PROXY', `GRANT PROXY ON root TO frank`, 'it grants "PROXY"'],
    ['a dynamic privilege', `GRANT SYSTEM_USER ON *.* TO frank`, 'it grants "SYSTEM_USER"'],
    ['SUPER', `GRANT SUPER ON *.* TO frank`, 'it grants "SUPER"'],
    ['a routine', `GRANT EXECUTE ON PROCEDURE shop.p TO frank`, '"." is expected instead of "shop"'],
    ['a pattern of databases', 'GRANT SELECT ON `shop%`.* TO frank', 'it is on "shop%", a pattern of databases'],
    ['any database with a table', 'GRANT SELECT ON *.orders TO frank', '"*" is expected instead of "orders"'],
    ['no database', 'GRANT SELECT ON * TO frank', '"." is expected instead of "TO"'],
    ['columns of a database', 'GRANT SELECT (a) ON shop.* TO frank', 'it names columns for SELECT'],
    ['columns to delete', 'GRANT DELETE (a) ON shop.orders TO frank', 'it names columns for DELETE'],
    ['an escape', String.raw`GRANT SELECT TO 'fra\'nk'`, String.raw`an account is expected instead of "'fra\\'nk'"`],
    ['an open quote', `GRANT SELECT TO 'frank`, `an account is expected instead of "'frank"`],
    ['a host that is none', `GRANT SELECT TO 'frank'@'a b'`, 'its account is for "a b", which is no host'],
    ['an emoji', 'GRANT SELECT ON `🙂`.* TO frank', '"🙂" cannot be a name'],
    ['a revoke', `REVOKE SELECT FROM frank`, 'GRANT is expected instead of "REVOKE"'],
    ['nothing', ``, 'GRANT is expected instead of nothing'],
  ])('is refused with %s', (_, text, ...found) => {
    expect(refusal(text)).toContain(found.at(-1));
  });

  test('is refused in words that say what is allowed and what to do', () => {
    expect(refusal('GRANT developer TO frank')).toBe(
      'The grant cannot be used: it grants "DEVELOPER". A job accepts one statement without comments, such as ' +
        "GRANT SELECT, INSERT ON shop.* TO 'frank'@'%': static privileges, on *.*, a database, a table or (without ON) " +
        'the database of the request, to the account of the request, with or without WITH GRANT OPTION. ' +
        'Correct the parameter "grant" and order the job again.',
    );
  });

  test('is either understood or refused, whatever it is made of', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'GRANT',
        'SELECT',
        'ALL',
        'ON',
        'TO',
        'frank',
        '@',
        '%',
        "'",
        '`',
        '"',
        '.',
        '*',
        ',',
        ';',
        '(',
        ')',
      ),
      fc.constantFrom('WITH GRANT OPTION', '--', '/*', '*/', '#', '\\', '\0', '\n', 'shop'),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join(' ');
        try {
          expect(parse(text).privileges.length).toBeGreaterThan(0);
        } catch (error) {
          expect((error as JobError).code).toBe('ParameterInvalid');
        }
      }),
      { numRuns: 2000 },
    );
  });
});
