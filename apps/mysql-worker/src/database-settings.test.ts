import { checkValues, gatherValues, isDryRun, type SettingsRequest } from './database-settings.ts';

const stored = {
  db_host: 'db.example',
  db_port: '3307',
  db_name: 'classicmodels',
  db_user: 'backup',
  db_pass: 'from the store',
  s3_bucket: 'backups',
  s3_path: 'nightly',
};

function request(overrides: Partial<SettingsRequest> = {}): SettingsRequest & { lookUps: () => number } {
  let lookUps = 0;
  return {
    dbName: 'classicmodels',
    dbEnv: 'demo',
    given: {},
    need: 'connection and storage',
    parameterPrefix: '/serverlessops',
    lookUp: () => {
      lookUps++;
      return Promise.resolve(stored);
    },
    ...overrides,
    lookUps: () => lookUps,
  };
}

describe("a database's settings", () => {
  it('come from Parameter Store, in one look-up', async () => {
    const asked = request();
    expect(checkValues(await gatherValues(asked), asked)).toEqual({
      host: 'db.example',
      port: 3307,
      database: 'classicmodels',
      user: 'backup',
      password: 'from the store',
      bucket: 'backups',
      s3Path: 'nightly',
    });
    expect(asked.lookUps()).toBe(1);
  });

  it('come from the environment where it has them', async () => {
    const asked = request({ given: { db_user: 'me', db_pass: 'given' } });
    expect(checkValues(await gatherValues(asked), asked)).toMatchObject({
      user: 'me',
      password: 'given',
      host: 'db.example',
    });
  });

  it('leave Parameter Store alone when all are given, the port and the name being known', async () => {
    const { db_port: _, db_name: __, ...given } = stored;
    const asked = request({ given });
    expect(checkValues(await gatherValues(asked), asked)).toMatchObject({ port: 3306, database: 'classicmodels' });
    expect(asked.lookUps()).toBe(0);
  });

  it('leave Parameter Store alone in a dry run', async () => {
    const asked = request({ given: { db_host: 'dummy-dryrun' } });
    expect(isDryRun(await gatherValues(asked))).toBe(true);
    expect(asked.lookUps()).toBe(0);
  });

  it('are refused with the path of everything that is missing', async () => {
    const asked = request({ lookUp: () => Promise.resolve({ db_host: 'db.example', s3_path: 'nightly' }) });
    const values = await gatherValues(asked);
    expect(() => checkValues(values, asked)).toThrow(
      'These settings are neither in the environment nor in Parameter Store: /serverlessops/databases/classicmodels/demo/db_user, ' +
        '/serverlessops/databases/classicmodels/demo/db_pass, /serverlessops/databases/classicmodels/demo/s3_bucket. ' +
        'Store them: npx ops params push classicmodels demo db_user db_pass s3_bucket. Then order the job again.',
    );
  });

  it('name the variables instead, when the caller gave no DB_ENV to look them up', async () => {
    const asked = request({ lookUp: undefined, given: { db_host: 'db.example', db_user: 'me' } });
    const values = await gatherValues(asked);
    expect(() => checkValues(values, asked)).toThrow('These settings are missing: DB_PASS, S3_BUCKET, S3_PATH.');
  });

  it('need no bucket for a job that stores nothing', async () => {
    const asked = request({
      need: 'connection',
      lookUp: () => Promise.resolve({ db_host: 'h', db_user: 'u', db_pass: 'p' }),
    });
    expect(checkValues(await gatherValues(asked), asked)).toMatchObject({ host: 'h', bucket: '' });
  });

  it('need no connection for a job that works on backups alone', async () => {
    const asked = request({ need: 'storage', lookUp: () => Promise.resolve({ s3_bucket: 'backups' }) });
    const values = await gatherValues(asked);
    expect(() => checkValues(values, asked)).toThrow(
      /Parameter Store: \/serverlessops\/databases\/classicmodels\/demo\/s3_path\. /,
    );
    expect(checkValues({ ...values, s3_path: 'nightly' }, asked)).toMatchObject({
      bucket: 'backups',
      s3Path: 'nightly',
    });
  });

  it('are refused with every value that its parameter cannot have, given or stored', async () => {
    const asked = request({
      given: { db_host: 'mysql://db.example', s3_path: 'a/../b' },
      lookUp: () => Promise.resolve({ ...stored, db_port: '33o6' }),
    });
    const values = await gatherValues(asked);
    expect(() => checkValues(values, asked)).toThrow(
      'DB_HOST is a URL: write the host alone, such as db.example.com. db_port is no port: a number from 1 to 65535. ' +
        'S3_PATH has "." or ".." as a folder: write the path without them. ' +
        'Correct these values and order the job again.',
    );
  });

  it.each(['0', '65536', '33o6', '3306.5', '0xCEA', ' 3306', '3306\n'])('refuse the port %j', (port) => {
    const asked = request({ given: { ...stored, db_port: port } });
    expect(() => checkValues(asked.given, asked)).toThrow(/^DB_PORT /);
  });
});
