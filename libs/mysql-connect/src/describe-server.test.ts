import { DATABASE_FLAVORS, createSampleDatabase } from '@serverless-ops/test-servers';
import { describeServer } from './describe-server.ts';

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? test : test.skip)(
    `describes ${flavor} and the database`,
    async () => {
      await using server = await start();
      await createSampleDatabase(server, { rows: 3000 });
      await server.query('CREATE DATABASE without_tables CHARACTER SET latin1 COLLATE latin1_german1_ci');

      const { host, port, rootPassword: password } = server;
      const login = { host, port, user: 'root', password, tls: { mode: 'loopback' } } as const;
      const sample = await describeServer({ ...login, database: 'classicmodels' });
      const withoutTables = await describeServer({ ...login, database: 'without_tables' });

      expect(sample).toMatchObject({
        version: server.version,
        characterSet: 'utf8mb4',
        collation: 'utf8mb4_unicode_ci',
        hasGeneratedColumns: true,
      });
      expect(sample.dataBytes).toBeGreaterThan(100_000);
      expect(withoutTables).toEqual({
        version: server.version,
        characterSet: 'latin1',
        collation: 'latin1_german1_ci',
        dataBytes: undefined,
        hasGeneratedColumns: false,
      });
    },
    120_000,
  );
}
