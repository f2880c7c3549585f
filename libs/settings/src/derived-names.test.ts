import {
  CLOUDFORMATION_LIMITS,
  DYNAMODB_LIMITS,
  ECS_LIMITS,
  LAMBDA_LIMITS,
  LOGS_LIMITS,
  parameterNameProblem,
  S3_LIMITS,
  SNS_LIMITS,
  SQS_LIMITS,
  STEP_FUNCTIONS_LIMITS,
} from '@serverless-ops/aws-limits';
import {
  backupBucketName,
  databaseAdminParameterPath,
  databaseParameterPath,
  databaseUserParameterPath,
  foundationParameters,
  resourceNames,
} from '@serverless-ops/names';
import fc from 'fast-check';
import { parseSettings, SettingsError, type Settings } from './index.ts';

const ACCOUNT = '111122223333';
/** The longest region of AWS's longest partition: none of our names is longer elsewhere. */
const LONGEST_REGION = 'us-isob-northeast-1';
const PARAMETER_ARN = `arn:aws-iso-b:ssm:${LONGEST_REGION}:${ACCOUNT}:parameter`;

/** The settings that these values make; undefined when the schema refuses one of them. */
function settingsWith(global: object, backups: object = {}): Settings | undefined {
  try {
    return parseSettings(JSON.stringify({ global, backups }));
  } catch (error) {
    if (error instanceof SettingsError) return undefined;
    throw error;
  }
}

/** Names that begin as something reserved, of any length around what the schema allows, from these characters. */
const oddName = (characters: string, maxLength: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('', 'xn--', 'sthree-', 'sthree-configurator', 'amzn-s3-demo-', 'aws', 'ssm', '-', '.', '0'),
      fc.string({ unit: fc.constantFrom(...Array.from(characters)), maxLength: maxLength + 2, size: 'max' }),
    )
    .map(([start, rest]) => start + rest);

/** A name of letters, digits, hyphens and underscores, as most services want theirs. */
const plainName = (max: number): RegExp => new RegExp(`^[A-Za-z0-9_-]{1,${max}}$`);

/** Expects of every name that follows from a prefix that it is one for its service. */
function expectGoodNames(prefix: string): void {
  const names = resourceNames(prefix);
  for (const stack of Object.values(names.stacks)) {
    expect(stack).toMatch(/^[A-Za-z][A-Za-z0-9-]*$/);
    expect(stack.length).toBeLessThanOrEqual(CLOUDFORMATION_LIMITS.stackNameCharacters);
  }
  for (const name of [names.cluster, ...Object.values(names.workerFamilies)]) {
    expect(name).toMatch(plainName(ECS_LIMITS.nameCharacters));
  }
  const { startJobStateMachine, jobStatusStateMachine, jobStateMachines } = names;
  for (const machine of [startJobStateMachine, jobStatusStateMachine, ...jobStateMachines]) {
    expect(machine).toMatch(plainName(STEP_FUNCTIONS_LIMITS.stateMachineNameCharacters));
    const arn = `arn:aws-iso-b:states:${LONGEST_REGION}:${ACCOUNT}:execution:${machine}:${'x'.repeat(80)}`;
    expect(arn.length).toBeLessThanOrEqual(STEP_FUNCTIONS_LIMITS.arnCharacters);
  }
  for (const name of Object.values(names.passwordFunctions)) {
    expect(name).toMatch(plainName(LAMBDA_LIMITS.functionNameCharacters));
  }
  expect(names.jobWatcherDeadLetters).toMatch(plainName(SQS_LIMITS.queueNameCharacters));
  expect(names.notificationsTopic).toMatch(plainName(SNS_LIMITS.topicNameCharacters));
  const { min, max } = DYNAMODB_LIMITS.tableNameCharacters;
  expect(names.jobsTable).toMatch(new RegExp(`^[A-Za-z0-9_.-]{${min},${max}}$`));
  // KMS: alias/aws/ and what begins with it is AWS's own (CreateAlias).
  expect(names.keyAlias).toMatch(/^alias\/(?!aws)[A-Za-z0-9/_-]{1,249}$/);
  for (const group of Object.values(names.logGroups)) {
    expect(group).toMatch(/^[A-Za-z0-9_./#-]+$/);
    expect(group.length).toBeLessThanOrEqual(LOGS_LIMITS.logGroupNameCharacters);
  }
  expectGoodBucket(backupBucketName(prefix, ACCOUNT, LONGEST_REGION));
}

function expectGoodBucket(bucket: string): void {
  const { min, max } = S3_LIMITS.bucketNameCharacters;
  expect(bucket).toMatch(/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/);
  expect(bucket.length).toBeGreaterThanOrEqual(min);
  expect(bucket.length).toBeLessThanOrEqual(max);
  expect(S3_LIMITS.reservedBucketPrefixes.filter((reserved) => bucket.startsWith(reserved))).toEqual([]);
}

/** Every name of a parameter below a prefix, for one account of one database. */
function parameterNames(prefix: string, dbName: string, dbEnv: string, dbUser: string): string[] {
  return [
    `${databaseParameterPath(prefix, dbName, dbEnv)}/s3_bucket`,
    `${databaseAdminParameterPath(prefix, dbName, dbEnv)}/db_user`,
    `${databaseUserParameterPath(prefix, { dbName, dbEnv, dbUser })}/password_pending`,
    ...Object.values(foundationParameters(prefix)),
    `${prefix}/deployed/password-lambda`,
  ];
}

describe('every name that follows from the settings', () => {
  it('is one that its service takes, with the longest prefix', () => {
    const longest = 'a'.repeat(20);

    expect(settingsWith({ name_prefix: longest })?.namePrefix).toBe(longest);
    expectGoodNames(longest);
  });

  it('is one that its service takes, whatever name_prefix the schema allows', () => {
    fc.assert(
      fc.property(oddName('ab-09', 20), (prefix) => {
        fc.pre(settingsWith({ name_prefix: prefix }) !== undefined);
        expectGoodNames(prefix);
      }),
      { numRuns: 100 },
    );
  });

  it('is one that Parameter Store takes, with the longest prefix, database and account', () => {
    const longest = `${'/a'.repeat(4)}/${'b'.repeat(119)}`;
    const name = 'd'.repeat(64);
    const file = { [name]: { [name]: { db_host: 'db.example', db_user: '漢'.repeat(32) } } };

    expect(
      parseSettings(JSON.stringify({ global: { parameter_prefix: longest }, parameters: { databases: file } })),
    ).toMatchObject({ parameterPrefix: longest, databases: [{ dbName: name, dbEnv: name, user: '漢'.repeat(32) }] });
    for (const each of parameterNames(longest, name, name, '漢'.repeat(32))) {
      expect(parameterNameProblem(each, PARAMETER_ARN)).toBeUndefined();
    }
  });

  it('is one that Parameter Store takes, whatever parameter_prefix the schema allows', () => {
    const prefixes = fc
      .array(oddName('aB_.-9', 40), { minLength: 1, maxLength: 6 })
      .map((levels) => `/${levels.join('/')}`);
    fc.assert(
      fc.property(prefixes, (prefix) => {
        fc.pre(settingsWith({ parameter_prefix: prefix }) !== undefined);
        for (const name of parameterNames(prefix, 'shop', 'prod', "o'neil")) {
          expect(parameterNameProblem(name, PARAMETER_ARN)).toBeUndefined();
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is a key that S3 takes, with the longest path and database', () => {
    const path = 'p'.repeat(512);
    const key = [path, 'd'.repeat(64), 'e'.repeat(64), '20261122T021530Z-9f86d081', 'database.sql.zst'].join('/');

    expect(settingsWith({}, { path })?.backups.path).toBe(path);
    expect(Buffer.byteLength(key)).toBeLessThanOrEqual(S3_LIMITS.keyBytes);
  });
});

describe('settings from which no good name follows', () => {
  it.each([
    { name_prefix: 'a'.repeat(21) },
    { name_prefix: 'xn--ops' },
    { name_prefix: 'sthree-ops' },
    { name_prefix: 'amzn-s3-demo-ops' },
    { name_prefix: 'aws-ops' },
    { parameter_prefix: `/${'a'.repeat(128)}` },
    { parameter_prefix: '/a'.repeat(6) },
    { parameter_prefix: '/SSM-ops' },
    { region: 'eu-middleofnowheresomewhere-1' },
  ])('are refused: %j', (global) => {
    expect(settingsWith(global)).toBeUndefined();
  });

  it('are refused for a path that leaves no room for a key', () => {
    expect(settingsWith({}, { path: 'p'.repeat(513) })).toBeUndefined();
  });
});
