import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { startScriptedParameterStore, type ScriptedParameterStore } from '@serverless-ops/test-servers';
import { changeRequest, PARAMETERS, perform } from '../testing/change-bench.ts';

let store: ScriptedParameterStore;
beforeEach(async () => {
  store = await startScriptedParameterStore();
  store.put(PARAMETERS.admin_user, 'admin', 'String');
  store.put(PARAMETERS.admin_password, 'Admin-1');
});
afterEach(() => store.stop());

test('a dry run touches neither MySQL nor Parameter Store', async () => {
  const result = await perform(changeRequest(1, { server: { host: 'dummy-dryrun', port: 1 } }), store);

  expect(result).toEqual({
    status: 'job complete',
    changed: false,
    created: false,
    version: 0,
    old_password_valid: false,
    duration_ms: 0,
  });
  expect(store.recorded).toEqual([]);
});

test('tells everything that is wrong with a request', async () => {
  const { parameters: _, ...request } = changeRequest(70_000);

  await expect(perform(request, store)).rejects.toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringMatching(/request\.server\.port: .*; request\.parameters: /) as string,
  });
});

test('refuses the accounts of the server itself, for every caller', async () => {
  await expect(perform(changeRequest(1, { db_user: 'rdsadmin' }), store)).rejects.toMatchObject({
    code: 'InvalidRequest',
  });
});

test('tells that the server does not answer before the ten seconds that others wait', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const startedAt = performance.now();

  await expect(perform(changeRequest((silent.address() as AddressInfo).port), store)).rejects.toMatchObject({
    code: 'DatabaseUnreachable',
    message: expect.stringContaining('the server did not answer in time') as string,
  });

  silent.close();
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test('says which parameters of the administrator are missing', async () => {
  store.remove();

  await expect(perform(changeRequest(1), store)).rejects.toMatchObject({
    code: 'ParameterMissing',
    message: expect.stringContaining(`${PARAMETERS.admin_user}, ${PARAMETERS.admin_password}`) as string,
  });
});
