import { SSMClient } from '@aws-sdk/client-ssm';
import {
  startScriptedParameterStore,
  type ParameterStoreFault,
  type ScriptedParameterStore,
} from '@serverless-ops/test-servers';
import { createDeployParameterStore, type DeployParameterStore } from './parameter-store.ts';

let stored: ScriptedParameterStore;
let client: SSMClient;
let store: DeployParameterStore;

beforeEach(async () => {
  stored = await startScriptedParameterStore();
  client = new SSMClient({ ...stored.clientConfig, maxAttempts: 1 });
  store = createDeployParameterStore(client);
});
afterEach(async () => {
  client.destroy();
  await stored.stop();
});

describe('Parameter Store', () => {
  it('gives the value of a parameter', async () => {
    stored.put('/a', 'one', 'String');

    await expect(store.find('/a')).resolves.toBe('one');
  });

  it('says when there is no such parameter', async () => {
    await expect(store.find('/a')).resolves.toBeUndefined();
    await expect(store.remove('/a')).resolves.toBeUndefined();
  });

  it('removes a parameter', async () => {
    stored.put('/a', 'one', 'String');

    await store.remove('/a');

    expect(stored.get('/a')).toBeUndefined();
  });

  it('lists the names below a path, on however many pages', async () => {
    const names = Array.from({ length: 11 }, (_, index) => `app${10 + index}`);
    for (const name of names) stored.put(`/ops/deployed/${name}`, 'a commit', 'String');

    await expect(store.namesBelow('/ops/deployed')).resolves.toEqual(names);
    expect(stored.recorded).toHaveLength(2);
  });

  it('writes over what was there', async () => {
    stored.put('/a', 'one', 'String');

    await store.put('/a', 'two');

    expect(stored.values('/a')).toEqual(['one', 'two']);
    expect(stored.parameters.find('/a')).toMatchObject({ type: 'String' });
  });

  it.each<[string, ParameterStoreFault, string]>([
    [
      'refused credentials',
      { error: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' },
      'AWS does not accept your credentials, so log in again (The security token included in the request is invalid).',
    ],
    [
      'a missing right',
      { error: 'AccessDeniedException', message: 'User: ci is not authorized\n to perform: ssm:GetParameter' },
      'Your credentials lack the right to read /a (User: ci is not authorized to perform: ssm:GetParameter).',
    ],
    [
      'anything else',
      { error: 'InternalServerError', message: 'Try later' },
      'AWS did not read /a (InternalServerError: Try later).',
    ],
  ])('says in one sentence what to do about %s', async (_problem, fault, sentence) => {
    stored.strike('GetParameter', fault);

    await expect(store.find('/a')).rejects.toThrow(sentence);
  });
});
