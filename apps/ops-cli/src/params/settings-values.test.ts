import { isPlaceholder, valueProblem } from '@serverless-ops/parameter-rules';
import { parseSettings, SettingsError, type DatabaseSettings } from '@serverless-ops/settings';
import fc from 'fast-check';

const READ_AS = {
  db_host: ({ host }: DatabaseSettings) => host,
  db_name: ({ schema }: DatabaseSettings) => schema,
  db_user: ({ user }: DatabaseSettings) => user,
  s3_bucket: ({ s3Bucket }: DatabaseSettings) => s3Bucket,
  s3_path: ({ s3Path }: DatabaseSettings) => s3Path,
} as const;

const text = fc.oneof(
  fc.stringMatching(/^[a-z0-9._/-]{1,12}$/),
  fc.stringMatching(/^[0-9]{1,3}(\.[0-9]{1,3}){0,4}$/),
  fc.stringMatching(/^[.-]{0,2}[a-z]{0,3}[./-]{0,3}[a-z.]{0,3}$/),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom('db.example.com', 'backups', 'a/b', '..', 'a/../b', 'n'.repeat(64), 'n'.repeat(300)),
);

/** What the deploy writes into Parameter Store for a value in settings.yml; undefined when the file is refused. */
function deployed(name: keyof typeof READ_AS, value: string): string | undefined {
  const database = { db_host: 'db.example.com', db_user: 'backup', [name]: value };
  try {
    const settings = parseSettings(JSON.stringify({ parameters: { databases: { shop: { prod: database } } } }));
    const [read] = settings.databases;
    return read && READ_AS[name](read);
  } catch (error) {
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}

describe('what settings.yml takes as the value of a parameter, jobs take:', () => {
  it.each(Object.keys(READ_AS) as (keyof typeof READ_AS)[])('%s', (name) => {
    let taken = 0;
    fc.assert(
      fc.property(text, (value) => {
        const written = deployed(name, value);
        // A placeholder is what the file may hold until somebody knows the value.
        if (written === undefined || isPlaceholder(written)) return;
        taken += 1;
        expect(valueProblem({ name }, written)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(10);
  });
});
