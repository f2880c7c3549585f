import { ParameterStore } from './parameter-store.ts';

const now = new Date('2026-11-22T02:15:30Z');
let store: ParameterStore;

beforeEach(() => {
  store = new ParameterStore({ accountId: '111111111111', region: 'eu-central-1' }, () => now);
});

describe('ParameterStore', () => {
  it('counts versions, and keeps the type when an overwrite names none', () => {
    store.put({ name: '/ops/a', type: 'SecureString', value: 'x', keyId: 'alias/ops' });
    expect(store.put({ name: '/ops/a', value: 'y', overwrite: true })).toEqual({
      name: '/ops/a',
      type: 'SecureString',
      value: 'y',
      version: 2,
      modifiedAt: now,
      keyId: 'alias/ops',
      description: undefined,
      tier: 'Standard',
      isTemplates: false,
    });
  });

  it.each([
    [{ name: '/a', value: 'x' }, 'ValidationException'],
    [{ name: '/a', type: 'String', value: '' }, 'ValidationException'],
    [{ name: '/a', type: 'String', value: 'x'.repeat(4097) }, 'ValidationException'],
    [{ name: 'a/b', type: 'String', value: 'x' }, 'ValidationException'],
    [{ name: '/a b', type: 'String', value: 'x' }, 'ValidationException'],
    [{ name: '/aws/a', type: 'String', value: 'x' }, 'AccessDeniedException'],
    [{ name: '/ssm-a', type: 'String', value: 'x' }, 'ValidationException'],
    [{ name: '/a'.repeat(16), type: 'String', value: 'x' }, 'HierarchyLevelLimitExceededException'],
    [{ name: '/a', type: 'String', tier: 'Advanced', value: 'x'.repeat(8193) }, 'ValidationException'],
    [{ name: '/known', type: 'String', value: 'x' }, 'ParameterAlreadyExists'],
    [{ name: '/known', type: 'SecureString', value: 'x', overwrite: true }, 'HierarchyTypeMismatchException'],
  ] as const)('refuses %j', (parameter, code) => {
    store.put({ name: '/known', type: 'String', value: 'x' });
    expect(() => store.put(parameter)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('takes what is as long as its tier allows, and chooses the tier when asked to', () => {
    const put = (length: number, tier?: 'Advanced' | 'Intelligent-Tiering') =>
      store.put({ name: '/a', type: 'String', value: 'x'.repeat(length), tier, overwrite: true }).tier;
    expect(put(4096)).toBe('Standard');
    expect(put(4096, 'Intelligent-Tiering')).toBe('Standard');
    expect(put(4097, 'Intelligent-Tiering')).toBe('Advanced');
    expect(put(8192, 'Advanced')).toBe('Advanced');
  });

  it('takes names of fifteen levels', () => {
    expect(store.put({ name: '/a'.repeat(15), type: 'String', value: 'x' }).version).toBe(1);
  });

  it('lists what is below a path, deeper only when asked', () => {
    for (const name of ['/a/b', '/a/b/c', '/ab/c', '/a']) store.put({ name, type: 'String', value: 'x' });
    const names = (recursive: boolean, path: string) => store.listByPath(path, recursive).map(({ name }) => name);
    expect(names(false, '/a')).toEqual(['/a/b']);
    expect(names(true, '/a/')).toEqual(['/a/b', '/a/b/c']);
    expect(names(true, '/')).toEqual(['/a', '/a/b', '/a/b/c', '/ab/c']);
  });

  it('forgets what is deleted', () => {
    store.put({ name: '/a', type: 'String', value: 'x' });
    store.delete('/a');
    expect(store.find('/a')).toBeUndefined();
    expect(() => store.delete('/a')).toThrow(expect.objectContaining({ code: 'ParameterNotFound' }) as Error);
  });
});
