import { startScriptedParameterStore, type ScriptedParameterStore } from '@serverless-ops/test-servers';
import { startOps, type OpsAtWork } from '../testing/ops-at-work.ts';

const NOT_LOOKED_INTO = 'Secrets were not decrypted, so their values were not checked. To check them, add --decrypt.\n';

let parameterStore: ScriptedParameterStore;
let ops: OpsAtWork;
let installations = 0;
let prefix: string;

beforeAll(async () => (parameterStore = await startScriptedParameterStore({ keys: ['alias/serverlessops'] })));
afterAll(() => parameterStore.stop());
beforeEach(() => {
  prefix = `/check${(installations += 1)}`;
  useSettings();
});
afterEach(() => ops.finish());

function useSettings(parameters = '{}'): void {
  ops = startOps(parameterStore.clientConfig, `global: { parameter_prefix: ${prefix} }\nparameters: ${parameters}`);
}

const check = (...words: string[]) => ops.run(['params', 'check', ...words]);

async function putAdmin(database: string): Promise<void> {
  await ops.put(`${prefix}/database_admins/${database}/db_user`, 'root');
  await ops.put(`${prefix}/database_admins/${database}/db_pass`, 's3cret', 'SecureString');
}

/** A database that nothing is wrong with. */
async function putDatabase(database: string): Promise<void> {
  const path = `${prefix}/databases/${database}`;
  const values = { db_host: 'db.example.com', db_user: 'backup', s3_bucket: 'backups', s3_path: 'daily' };
  for (const [name, value] of Object.entries(values)) await ops.put(`${path}/${name}`, value);
  await ops.put(`${path}/db_pass`, 's3cret', 'SecureString');
}

describe('ops params check', () => {
  it('ends with 0 when all is well', async () => {
    await putDatabase('shop/prod');
    await putDatabase('shop/test');

    await expect(check()).resolves.toEqual({
      exitCode: 0,
      said: `shop/prod: all well\nshop/test: all well\n${NOT_LOOKED_INTO}`,
      complained: '',
      asked: [],
    });
  });

  it('names what is missing or a placeholder, and the command that fixes all of it', async () => {
    ops.finish();
    useSettings('{ databases: { shop: { prod: { db_host: CHANGE_ME, db_user: CHANGE_ME } } } }');
    const path = `${prefix}/databases/shop/prod`;
    await ops.put(`${path}/db_host`, 'CHANGE_ME');
    await ops.put(`${path}/db_port`, '3306x');
    await ops.put(`${path}/s3_bucket`, 'backups');
    await ops.put(`${path}/s3_path`, 'daily');

    await expect(check()).resolves.toMatchObject({
      exitCode: 1,
      said: [
        'shop/prod: 4 problems',
        `  ${path}/db_host is still a placeholder: store the real value`,
        `  ${path}/db_port is no port: a number from 1 to 65535`,
        `  ${path}/db_user is missing`,
        `  ${path}/db_pass is missing`,
        '    npx ops params push shop prod db_host db_port db_user db_pass',
        NOT_LOOKED_INTO,
      ].join('\n'),
    });
  });

  it('finds a password in clear text, and says what to do first', async () => {
    await putDatabase('shop/prod');
    const admin = `${prefix}/database_admins/shop/prod`;
    await ops.put(`${admin}/db_pass`, 's3cret');

    await expect(check()).resolves.toMatchObject({
      exitCode: 1,
      said: [
        'shop/prod: 2 problems',
        `  ${admin}/db_user is missing`,
        `  ${admin}/db_pass is a String, and not encrypted. It was readable, so change the password as well`,
        `    aws ssm delete-parameter --name ${admin}/db_pass`,
        '    npx ops params push shop prod db_user db_pass --admin',
        NOT_LOOKED_INTO,
      ].join('\n'),
    });
  });

  it('finds accounts that are not registered, and changes of passwords that broke off', async () => {
    await putDatabase('shop/prod');
    await putAdmin('shop/prod');
    const users = `${prefix}/database_users/shop/prod`;
    await ops.put(`${users}/mary/account`, 'application');
    await ops.put(`${users}/b.27/account`, 'privileged');
    await ops.put(`${users}/o.27neil/grant`, "GRANT SELECT ON shop.* TO 'o''neil'@'%'");
    await ops.put(`${users}/mary/password`, 's3cret', 'SecureString');
    await ops.put(`${users}/mary/password_pending`, 's3cret', 'SecureString');
    await ops.put(`${users}/b.27/password`, 's3cret', 'SecureString');
    await ops.put(`${users}/a.ff/password`, 's3cret', 'SecureString');

    const { said, exitCode } = await check();

    expect(exitCode).toBe(1);
    expect(said).toBe(
      [
        'shop/prod: 3 problems',
        `  ${users}/a.ff belongs to no account, so no job reads it`,
        '    delete the parameters below it; "npx ops params push --user NAME" writes them where jobs read them',
        `  ${users}/mary/password_pending is from an interrupted password change; the next one continues with it`,
        '    aws stepfunctions start-execution --state-machine-arn arn:aws:states:eu-central-1:111111111111:stateMachine:serverlessops-password' +
          ` --input '{"job_name":"password_change","job_options":{"db_name":"shop","db_env":"prod","db_user":"mary","generate":true}}'`,
        `  ${users}/o.27neil/account is missing: jobs refuse an account that is not registered`,
        `    npx ops params push shop prod account --user 'o'\\''neil'`,
        NOT_LOOKED_INTO,
      ].join('\n'),
    );
  });

  it('looks for placeholders in secrets only with --decrypt', async () => {
    await putDatabase('shop/prod');
    await putAdmin('shop/prod');
    const password = `${prefix}/database_users/shop/prod/mary/password`;
    await ops.put(password, 'CHANGE_ME', 'SecureString');
    await ops.put(`${prefix}/database_users/shop/prod/mary/account`, 'application');

    expect((await check()).exitCode).toBe(0);
    await expect(check('--decrypt')).resolves.toMatchObject({
      exitCode: 1,
      said: [
        'shop/prod: 1 problem',
        `  ${password} is still a placeholder: store the real value`,
        '    npx ops params push shop prod password --user mary',
        '',
      ].join('\n'),
    });
  });

  it('judges no value that it did not decrypt', async () => {
    await putDatabase('shop/prod');
    await ops.put(`${prefix}/databases/shop/prod/db_port`, 'many', 'SecureString');

    expect((await check()).said).toContain('shop/prod: all well');
    expect((await check('--decrypt')).said).toContain('db_port is no port');
  });

  it('takes a password that refers to Secrets Manager, if jobs may read that secret', async () => {
    await putDatabase('shop/prod');
    const admin = `${prefix}/database_admins/shop/prod`;
    await ops.put(`${admin}/db_user`, '/aws/reference/secretsmanager/allowed');
    await ops.put(`${admin}/db_pass`, '/aws/reference/secretsmanager/other');
    ops.finish();
    useSettings('{ secrets: [allowed] }');

    await expect(check()).resolves.toMatchObject({
      exitCode: 1,
      said: [
        'shop/prod: 1 problem',
        `  ${admin}/db_pass refers to a secret of Secrets Manager that jobs may not read`,
        '    name it under parameters.secrets in settings.yml, and run "npm run deploy"',
        NOT_LOOKED_INTO,
      ].join('\n'),
    });
  });

  it('finds accounts that no admin may change, and passwords that a change would refuse', async () => {
    await putDatabase('shop/prod');
    const admin = `${prefix}/database_admins/shop/prod`;
    const users = `${prefix}/database_users/shop/prod`;
    for (const user of ['long', 'referring']) await ops.put(`${users}/${user}/account`, 'application');
    await ops.put(`${users}/long/password`, 'y'.repeat(257), 'SecureString');
    await ops.put(`${users}/referring/password`, '/aws/reference/secretsmanager/any', 'SecureString');

    await expect(check('--decrypt')).resolves.toMatchObject({
      exitCode: 1,
      said: [
        'shop/prod: 4 problems',
        `  ${admin}/db_user is missing`,
        `  ${admin}/db_pass is missing`,
        '    npx ops params push shop prod db_user db_pass --admin',
        `  ${users}/long/password is longer than 256 bytes, which some servers refuse`,
        '    npx ops params push shop prod password --user long',
        `  ${users}/referring/password refers to Secrets Manager, which a password change does not read`,
        '    npx ops params push shop prod password --user referring',
        '',
      ].join('\n'),
    });
  });

  it('keeps a password in clear text in sight when a change broke off', async () => {
    await putDatabase('shop/prod');
    await putAdmin('shop/prod');
    const mary = `${prefix}/database_users/shop/prod/mary`;
    await ops.put(`${mary}/account`, 'application');
    await ops.put(`${mary}/password_pending`, 's3cret', 'SecureString');
    expect((await check()).said).toContain('shop/prod: 1 problem\n');

    await ops.put(`${mary}/password`, '/aws/reference/secretsmanager/any');
    expect((await check()).said).toContain(`${mary}/password is a String, and not encrypted`);
  });

  it('asks nothing more of a database for dry runs', async () => {
    await ops.put(`${prefix}/databases/shop/dry/db_host`, 'dummy-dryrun');

    expect((await check()).said).toContain('shop/dry: all well\n');
  });

  it('looks at the databases that are named alone', async () => {
    await putDatabase('shop/prod');
    await ops.put(`${prefix}/databases/shop/test/db_host`, 'CHANGE_ME');
    await ops.put(`${prefix}/databases/other/prod/db_host`, 'CHANGE_ME');

    expect((await check('shop')).said).toMatch(/^shop\/prod: all well\nshop\/test: 5 problems\n(?!.*other)/s);
    expect((await check('shop', 'prod')).said).toBe(`shop/prod: all well\n${NOT_LOOKED_INTO}`);
  });

  it('does not report an unknown database as well', async () => {
    await expect(check('shpo')).resolves.toMatchObject({
      exitCode: 1,
      said: `Neither settings.yml nor Parameter Store has a database shpo. Add it to settings.yml under parameters.databases.\n${NOT_LOOKED_INTO}`,
    });
    await expect(check('shop', 'prdo')).resolves.toMatchObject({ exitCode: 1 });
  });

  it('names the settings file in its commands when it is another one', async () => {
    const { said } = await check('shop', 'prod', '--settings', ops.settingsFile);

    expect(said).toContain(`    npx ops params push --settings ${ops.settingsFile} shop prod db_host db_user db_pass`);
  });

  it('never shows a value', async () => {
    for (const name of ['db_host', 'db_port', 'db_pass']) await ops.put(`${prefix}/databases/a/b/${name}`, 'canary');
    await ops.put(`${prefix}/database_users/a/b/mary/password_pending`, 'canary', 'SecureString');

    expect(JSON.stringify([await check(), await check('--decrypt')])).not.toContain('canary');
  });

  it.each([[[]], [['--decrypt']]])('asks for decryption only with --decrypt: %j', async (options) => {
    parameterStore.recorded.length = 0;

    await check(...options);

    const wanted = new Set(parameterStore.recorded.map(({ input }) => input['WithDecryption']));
    expect(wanted).toEqual(new Set([options.length > 0]));
    expect(parameterStore.recorded.map(({ operation }) => operation)).toEqual(Array(3).fill('GetParametersByPath'));
  });

  it('says which right is missing', async () => {
    const refusal = { error: 'AccessDeniedException', message: 'not authorized to perform: ssm:GetParametersByPath' };
    parameterStore.strike('GetParametersByPath', refusal, refusal, refusal);

    const outcome = await check();

    expect(outcome.exitCode).toBe(1);
    expect(outcome.complained).toMatch(
      /^Your credentials lack the right to read the parameters below \/check\d+\/\w+ \(not authorized to perform: ssm:GetParametersByPath\)\.\n$/,
    );
  });
});
