import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import { changeRequest, logIn, PARAMETERS, perform } from '../testing/change-bench.ts';
import { startFakeParameterStore, type FakeParameterStore } from '../testing/fake-parameter-store.ts';

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`a change of a password on ${flavor}`, () => {
    let server: DatabaseServer;
    let store: FakeParameterStore;

    beforeAll(async () => void (server = await start()), 120_000);
    afterAll(() => server.stop());
    beforeEach(async () => {
      store = await startFakeParameterStore();
      store.put(PARAMETERS.admin_user, 'root', 'String');
      store.put(PARAMETERS.admin_password, server.rootPassword);
    });
    afterEach(async () => {
      await store.stop();
      await server.query('DROP USER IF EXISTS mary');
    });

    const has = (password: string | undefined) => logIn(server.port, 'mary', password ?? '');

    test('generates, keeps the one before as long as the server can, and leaves nothing pending', async () => {
      await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
      store.put(PARAMETERS.password, 'Before-1');

      const result = await perform(changeRequest(server.port), store);

      expect(result).toMatchObject({
        changed: true,
        created: false,
        version: 2,
        old_password_valid: flavor !== 'MariaDB',
      });
      expect(await has(store.get(PARAMETERS.password))).toBe('mary@%');
      expect(await has('Before-1')).toBe(flavor === 'MariaDB' ? 'AccessDenied' : 'mary@%');
      expect(store.get(PARAMETERS.password_pending)).toBeUndefined();
    });
  });
}
