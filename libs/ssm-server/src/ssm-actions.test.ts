import { ParameterStore } from './parameter-store.ts';
import { createSsmActions, type KeyUse } from './ssm-actions.ts';

const REFERENCE = '/aws/reference/secretsmanager/rds!db-1';

let store: ParameterStore;
let uses: KeyUse[];
let call: (action: string, input: object) => object;

beforeEach(() => {
  store = new ParameterStore({ accountId: '111111111111', region: 'eu-central-1' }, () => new Date(0));
  uses = [];
  const actions = createSsmActions<undefined>({ store, authorizeKey: (use) => void uses.push(use) });
  call = (action, input) => actions[action]?.(input, undefined) ?? {};
});

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

describe('the actions of Parameter Store', () => {
  it('read a version by its number, and the latest without one', () => {
    for (const value of ['one', 'two']) store.put({ name: '/a', type: 'String', value, overwrite: true });

    expect(call('GetParameter', { Name: '/a' })).toMatchObject({ Parameter: { Value: 'two', Version: 2 } });
    expect(call('GetParameter', { Name: '/a:1' })).toMatchObject({
      Parameter: { Name: '/a', Value: 'one', Version: 1, Selector: ':1' },
    });
    expect(() => call('GetParameter', { Name: '/a:3' })).toThrow(refusal('ParameterVersionNotFound'));
    expect(call('GetParameters', { Names: ['/a:2', '/a:3', '/b'] })).toMatchObject({
      Parameters: [{ Value: 'two' }],
      InvalidParameters: ['/a:3', '/b'],
    });
  });

  it('keep the last hundred versions', () => {
    for (let value = 1; value <= 101; value++) {
      store.put({ name: '/a', type: 'String', value: String(value), overwrite: true });
    }

    expect(() => call('GetParameter', { Name: '/a:1' })).toThrow(refusal('ParameterVersionNotFound'));
    expect(call('GetParameter', { Name: '/a:2' })).toMatchObject({ Parameter: { Value: '2' } });
  });

  it('ask for the key of each value that they encrypt or decrypt, and of no other', () => {
    call('PutParameter', { Name: '/a', Type: 'SecureString', Value: 's3cret', KeyId: 'alias/ops' });
    call('PutParameter', { Name: '/b', Type: 'String', Value: 'plain' });

    expect(JSON.stringify(call('GetParametersByPath', { Path: '/' }))).not.toContain('s3cret');
    call('GetParameters', { Names: ['/a', '/b'], WithDecryption: true });

    expect(uses).toEqual([
      { action: 'kms:Encrypt', name: '/a', keyId: 'alias/ops' },
      { action: 'kms:Decrypt', name: '/a', keyId: 'alias/ops' },
    ]);
  });

  it('read a secret by its reference, decrypted only, and never write one', () => {
    store.secrets.set('rds!db-1', '{"username":"admin"}');

    expect(call('GetParameter', { Name: REFERENCE, WithDecryption: true })).toMatchObject({
      Parameter: { Name: REFERENCE, Type: 'SecureString', Value: '{"username":"admin"}' },
    });
    expect(() => call('GetParameter', { Name: REFERENCE })).toThrow(refusal('ValidationException'));
    expect(() => call('GetParameter', { Name: `${REFERENCE}0`, WithDecryption: true })).toThrow(
      refusal('ParameterNotFound'),
    );
    expect(() => call('PutParameter', { Name: REFERENCE, Type: 'SecureString', Value: 'x' })).toThrow(
      refusal('AccessDeniedException'),
    );
  });

  it('give pages that go on after the last name, even when that is deleted meanwhile', () => {
    for (const name of ['/p/a', '/p/b', '/p/c']) store.put({ name, type: 'String', value: 'x' });

    const first = call('GetParametersByPath', { Path: '/p', MaxResults: 2 }) as { NextToken: string };
    store.delete('/p/b');

    expect(first).toMatchObject({ Parameters: [{ Name: '/p/a' }, { Name: '/p/b' }] });
    expect(call('GetParametersByPath', { Path: '/p', NextToken: first.NextToken })).toEqual({
      Parameters: [expect.objectContaining({ Name: '/p/c' })],
      NextToken: undefined,
    });
    expect(() => call('GetParametersByPath', { Path: '/p', NextToken: 'none' })).toThrow(refusal('InvalidNextToken'));
  });

  it.each([
    ['GetParameters', { Names: Array.from({ length: 11 }, (_, index) => `/a${index}`) }],
    ['GetParametersByPath', { Path: '/', MaxResults: 11 }],
    ['GetParametersByPath', { Path: 'a' }],
    ['PutParameter', { Name: '/a', Type: 'String', Value: 'x', AllowedPattern: '[0-9]+' }],
    ['PutParameter', { Name: '/a', Type: 'String', Value: 'x', Description: 'd'.repeat(1025) }],
  ])('refuse, as a call that is not valid: %s %j', (action, input) => {
    expect(() => call(action, input)).toThrow(refusal('ValidationException'));
  });
});
