import { DATABASE_PARAMETERS } from '@serverless-ops/names';
import { valueProblem } from '@serverless-ops/parameter-rules';
import fc from 'fast-check';
import { checkValues, type SettingsRequest } from './database-settings.ts';

const GOOD = {
  db_host: 'db.example.com',
  db_port: '3306',
  db_name: 'shop',
  db_user: 'backup',
  db_pass: 's3cret',
  s3_bucket: 'backups',
  s3_path: 'nightly',
};

/** Good values, and what pasting, typing and scripts make of them. */
const text = fc
  .tuple(
    fc.constantFrom('', ' ', '/', 'mysql://', 's3://', 'arn:aws:s3:::', "'"),
    fc.oneof(
      fc.constantFrom(...Object.values(GOOD), '10.0.0.1', '65536', '..', 'a/../b', 'CHANGE_ME'),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('é'.repeat(2049)),
    ),
    fc.constantFrom('', '', '', ' ', '.', ':3306', '/', '\n', '\r\n', '\uFFFD'),
  )
  .map((parts) => parts.join(''));

function isTaken(take: () => unknown): boolean {
  try {
    take();
    return true;
  } catch {
    return false;
  }
}

describe('a job of the worker takes what ops takes, and nothing else:', () => {
  it.each(DATABASE_PARAMETERS)('%s', (name) => {
    const request: SettingsRequest = {
      ...{ dbName: 'shop', dbEnv: 'prod', given: {}, parameterPrefix: '/serverlessops', lookUp: undefined },
      need: 'connection and storage',
    };
    fc.assert(
      fc.property(text, (value) => {
        const isGood = valueProblem({ name }, value) === undefined;

        expect(isTaken(() => checkValues({ ...GOOD, [name]: value }, request))).toBe(isGood);
      }),
      { numRuns: 1000 },
    );
  });
});
