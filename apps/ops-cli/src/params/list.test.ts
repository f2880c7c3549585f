import { startScriptedParameterStore, type ScriptedParameterStore } from '@serverless-ops/test-servers';
import { startOps, type OpsAtWork } from '../testing/ops-at-work.ts';

let parameterStore: ScriptedParameterStore;
let ops: OpsAtWork;

beforeAll(async () => {
  parameterStore = await startScriptedParameterStore({ keys: ['alias/serverlessops'] });
  ops = startOps(parameterStore.clientConfig, 'global: { parameter_prefix: /acme }');
  await ops.put('/acme/databases/shop/prod/db_pass', 's3cret', 'SecureString');
  await ops.put('/acme/databases/shop/prod/db_host', 'db.example.com');
  await ops.put('/acme/databases/shop/test/db_host', 'test.example.com');
  await ops.put('/acme/databases/other/prod/db_host', 'other.example.com');
  await ops.put('/acme/database_users/shop/prod/mary/password', 's3cret', 'SecureString');
  await ops.put('/acme/foundation/vpc_id', 'vpc-1');
});
afterAll(async () => {
  ops.finish();
  await parameterStore.stop();
});

/** The time of the last change is the clock's: its form is what can be said. */
const withoutTimes = (text: string): string => text.replaceAll(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+Z)?/g, 'TIME');

describe('ops params list', () => {
  it('is a table of databases, admins and accounts, and of nothing else', async () => {
    const { exitCode, said } = await ops.run(['params', 'list']);

    expect(exitCode).toBe(0);
    expect(withoutTimes(said)).toBe(
      [
        'NAME                                          TYPE          VERSION  LAST CHANGE (UTC)',
        '/acme/databases/other/prod/db_host            String        1        TIME',
        '/acme/databases/shop/prod/db_host             String        1        TIME',
        '/acme/databases/shop/prod/db_pass             SecureString  1        TIME',
        '/acme/databases/shop/test/db_host             String        1        TIME',
        '/acme/database_users/shop/prod/mary/password  SecureString  1        TIME',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [['shop'], ['shop/prod/db_host', 'shop/prod/db_pass', 'shop/test/db_host', 'shop/prod/mary/password']],
    [['shop', 'test'], ['shop/test/db_host']],
  ])('is that of %j alone', async (selection, expected) => {
    const { said } = await ops.run(['params', 'list', ...selection, '--json']);

    const names = (JSON.parse(said) as { name: string }[]).map(({ name }) => name.split('/').slice(3).join('/'));
    expect(names).toEqual(expected);
  });

  it('is JSON for a program', async () => {
    const { said } = await ops.run(['params', 'list', 'shop', 'test', '--json']);

    expect(JSON.parse(withoutTimes(said))).toEqual([
      { name: '/acme/databases/shop/test/db_host', type: 'String', version: 1, last_modified: 'TIME' },
    ]);
  });

  it('says where it found nothing', async () => {
    await expect(ops.run(['params', 'list', 'nothing'])).resolves.toMatchObject({
      exitCode: 0,
      said: 'Parameter Store has no parameter below /acme/databases/nothing, /acme/database_admins/nothing, /acme/database_users/nothing.\n',
    });
  });

  it('never holds a value', async () => {
    const outputs = [await ops.run(['params', 'list']), await ops.run(['params', 'list', '--json'])];

    expect(JSON.stringify(outputs)).not.toMatch(/s3cret|example\.com/);
  });
});
