import type { SSMClient } from '@aws-sdk/client-ssm';
import { DATABASE_PARAMETERS } from '@serverless-ops/names';
import { lookUpDatabase } from '@serverless-ops/parameter-lookup';
import { type ParameterStore, SsmError } from '@serverless-ops/ssm-server';
import fc from 'fast-check';
import { createOpsParameterStore } from '../parameter-store.ts';
import { runOps } from '../run-ops.ts';
import { scriptedJobs } from '../testing/scripted-jobs.ts';
import { parameterStoreInProcess } from '../testing/parameter-store-in-process.ts';

/** Without databases. */
const SETTINGS = '/dev/null';
const PATH = '/serverlessops/databases/shop/prod';
const GOOD = {
  db_host: 'db.example.com',
  db_port: '3306',
  db_name: 'shop',
  db_user: 'backup',
  db_pass: 's3cret',
  s3_bucket: 'backups',
  s3_path: 'nightly',
};

/** Good values, and what pasting, typing, editors and scripts make of them. */
const changed = fc
  .tuple(
    fc.constantFrom('', '', '', ' ', '/', 'mysql://', 's3://', 'arn:aws:s3:::', "'", '\uFEFF'),
    fc.oneof(
      fc.constantFrom(...Object.values(GOOD)),
      fc.constantFrom('10.0.0.1', '::1', '65536', '0xCEA', '..', 'a/../b', '/a//b/', 'CHANGE_ME', 'läden', '🙂'),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('é'.repeat(2049), 'y'.repeat(20_000), 'n'.repeat(64), 'n'.repeat(81)),
    ),
    fc.constantFrom('', '', '', ' ', '.', ':3306', '/', "'", '\n', '\r\n', '\t', '\0', '\uFFFD', '\uD83D'),
  )
  .map((parts) => parts.join(''))
  .filter((value) => value !== '');

const textFor = (name: keyof typeof GOOD) => fc.oneof(fc.constant(GOOD[name]), { arbitrary: changed, weight: 9 });

let client: SSMClient;
let store: ParameterStore;
beforeEach(() => ({ client, store } = parameterStoreInProcess()));
afterEach(() => client.destroy());

/** Whether Parameter Store itself takes a value; what it refuses, no reader ever meets. */
function put(name: string, value: string): boolean {
  try {
    store.put({ name: `${PATH}/${name}`, value, type: 'SecureString', overwrite: true });
    return true;
  } catch (error) {
    if (error instanceof SsmError) return false;
    throw error;
  }
}

/** What commands for parameters have no use for. */
const withoutJobs = {
  connectJobs: () => scriptedJobs(),
  connectStore: () => ({
    listBackups: () => Promise.resolve({ backups: [], foreignKeys: [] }),
    readDrillRecord: () => Promise.resolve(undefined),
  }),
  onInterrupt: () => () => undefined,
  sleep: () => Promise.resolve(),
  now: () => new Date(),
  randomHex: () => '',
};

/** Whether the command ends with 0. */
async function succeeds(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const exitCode = await runOps(words, {
    env,
    defaultSettingsFile: SETTINGS,
    connect: () => createOpsParameterStore(client),
    readStdin: () => Promise.resolve(''),
    say: () => undefined,
    complain: () => undefined,
    ...withoutJobs,
  });
  return exitCode === 0;
}

async function jobTakes(): Promise<boolean> {
  const database = { parameterPrefix: '/serverlessops', dbName: 'shop', dbEnv: 'prod' };
  return lookUpDatabase({ client, ...database }).then(
    () => true,
    () => false,
  );
}

describe('what ops params push accepts, ops params check and a job accept, and what it refuses, they refuse:', () => {
  it.each(DATABASE_PARAMETERS)('%s', async (name) => {
    const accepted = { pushed: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(textFor(name), async (value) => {
        for (const [each, good] of Object.entries(GOOD)) put(each, good);

        const isPushed = await succeeds(['params', 'push', 'shop', 'prod', '--from-env', `${name}=VALUE`], {
          VALUE: value,
        });
        expect(store.find(`${PATH}/${name}`)?.value).toBe(isPushed ? value : GOOD[name]);
        if (!put(name, value)) {
          expect(isPushed).toBe(false);
          return;
        }

        expect(await succeeds(['params', 'check', 'shop', 'prod', '--decrypt'])).toBe(isPushed);
        expect(await jobTakes()).toBe(isPushed);
        accepted[isPushed ? 'pushed' : 'refused'] += 1;
      }),
      { numRuns: 60, examples: [[GOOD[name]], [`${GOOD[name]}\n`]] },
    );
    expect(Math.min(accepted.pushed, accepted.refused)).toBeGreaterThan(0);
  });
});
