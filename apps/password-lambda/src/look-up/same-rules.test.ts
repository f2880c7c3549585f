import type { NamedParameter } from '@serverless-ops/parameter-lookup';
import { storedValueProblem, valueProblem } from '@serverless-ops/parameter-rules';
import fc from 'fast-check';
import { presentPassword } from '../change/next-password.ts';
import type { ChangeRequest } from '../change-request.ts';
import { checkServer } from './check-server.ts';

const PATHS = { host: '/db_host', port: '/db_port', schema: '/db_name', account: '/account' };

/** Good values, and what pasting, typing and scripts make of them. */
const text = fc
  .tuple(
    fc.constantFrom('', ' ', '/', 'mysql://', "'", '\uFEFF'),
    fc.oneof(
      fc.constantFrom('db.example.com', '10.0.0.1', '::1', '3306', '65536', 'shop', '..', 'CHANGE_ME', 's3cret'),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('y'.repeat(257), 'é'.repeat(2049)),
    ),
    fc.constantFrom('', '', '', ' ', '.', ':3306', '\n', '\r\n', '\uFFFD'),
  )
  .map((parts) => parts.join(''));

const stored = (path: string, value: string): NamedParameter => ({
  ...{ name: path.slice(1), value, isSecureString: true, version: 1 },
});

function isTaken(take: () => unknown): boolean {
  try {
    take();
    return true;
  } catch {
    return false;
  }
}

describe('a password change takes what ops takes, and nothing else:', () => {
  test.each([
    ['db_host', PATHS.host],
    ['db_port', PATHS.port],
    ['db_name', PATHS.schema],
  ] as const)('%s', (name, path) => {
    fc.assert(
      fc.property(text, (value) => {
        const parameters = new Map([
          [PATHS.host, stored(PATHS.host, 'db.example.com')],
          [path, stored(path, value)],
        ]);

        expect(isTaken(() => checkServer(PATHS, parameters, 'shop'))).toBe(valueProblem({ name }, value) === undefined);
      }),
      { numRuns: 1000 },
    );
  });

  test('password', () => {
    const request = { db_user: 'mary', parameters: { password: '/password' } } as ChangeRequest;
    fc.assert(
      fc.property(text, (value) => {
        const account = {
          password: stored('/password', value),
          given: undefined,
          pending: undefined,
          lastChange: undefined,
        };
        const problem = storedValueProblem({ name: 'password', dbUser: 'mary' }, value);

        expect(isTaken(() => presentPassword(account, request))).toBe(problem === undefined);
      }),
      { numRuns: 1000 },
    );
  });
});
