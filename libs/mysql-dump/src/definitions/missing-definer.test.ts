import { mysqlAvailable, startMysql } from '@serverless-ops/test-servers';
import { dumpDefinitions } from '../testing/dump-definitions.ts';

jest.setTimeout(60_000);

(mysqlAvailable() ? test : test.skip)('names the views of MySQL over a view whose definer does not exist', async () => {
  await using server = await startMysql();
  await server.query('CREATE DATABASE shop');
  for (const sql of [
    'CREATE TABLE t (a INT PRIMARY KEY)',
    "CREATE USER 'gone'@'nowhere'",
    "GRANT ALL ON *.* TO 'gone'@'nowhere'",
    "CREATE DEFINER = 'gone'@'nowhere' VIEW base AS SELECT a FROM t",
    'CREATE VIEW above AS SELECT a FROM base',
    'CREATE VIEW beside AS SELECT a FROM t',
    'CREATE VIEW over_it AS SELECT a FROM beside',
    "DROP USER 'gone'@'nowhere'",
  ]) {
    await server.query(sql, 'shop');
  }

  const { reported } = await dumpDefinitions(server, 'shop');

  expect(reported.map(({ what }) => what)).toEqual(['view "above"']);
});
