import { SSMClient } from '@aws-sdk/client-ssm';
import { startScriptedAwsEndpoint, type ScriptedAnswer, type ScriptedAwsEndpoint } from '@serverless-ops/test-servers';
import { createParameterStore, type ParameterStore } from './parameter-store.ts';

let endpoint: ScriptedAwsEndpoint;

async function storeThatAnswers(...answers: ScriptedAnswer[]): Promise<ParameterStore> {
  endpoint = await startScriptedAwsEndpoint(answers);
  return createParameterStore(new SSMClient({ ...endpoint.clientConfig, maxAttempts: 1 }));
}
afterEach(() => endpoint.stop());

describe('Parameter Store', () => {
  it('gives the value of a parameter', async () => {
    const store = await storeThatAnswers({ result: { Parameter: { Name: '/a', Value: 'one' } } });

    await expect(store.find('/a')).resolves.toBe('one');
  });

  it('says when there is no such parameter', async () => {
    const store = await storeThatAnswers({ error: 'ParameterNotFound' }, { error: 'ParameterNotFound' });

    await expect(store.find('/a')).resolves.toBeUndefined();
    await expect(store.remove('/a')).resolves.toBeUndefined();
  });

  it('lists the names below a path, on however many pages', async () => {
    const store = await storeThatAnswers(
      { result: { Parameters: [{ Name: '/ops/deployed/infra' }], NextToken: 'more' } },
      { result: { Parameters: [{ Name: '/ops/deployed/worker' }] } },
    );

    await expect(store.namesBelow('/ops/deployed')).resolves.toEqual(['infra', 'worker']);
  });

  it('writes over what was there', async () => {
    const store = await storeThatAnswers();

    await store.put('/a', 'two');

    expect(endpoint.recorded).toEqual([
      { operation: 'PutParameter', input: { Name: '/a', Value: 'two', Type: 'String', Overwrite: true } },
    ]);
  });

  it.each<[string, ScriptedAnswer, string]>([
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
  ])('says in one sentence what to do about %s', async (_problem, answer, sentence) => {
    const store = await storeThatAnswers(answer);

    await expect(store.find('/a')).rejects.toThrow(sentence);
  });
});
