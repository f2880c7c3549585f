import { mysqlAvailable, startMysql } from '@serverless-ops/test-servers';
import { dumpDefinitions } from '../testing/dump-definitions.ts';

jest.setTimeout(60_000);

(mysqlAvailable() ? test : test.skip)('names the tables of MySQL in tablespaces that a restore needs', async () => {
  await using server = await startMysql();
  await server.query('CREATE DATABASE shop');
  await server.query("CREATE TABLESPACE `für ``alle` ADD DATAFILE 'all.ibd'");
  for (const sql of [
    'CREATE TABLE elsewhere (a INT) TABLESPACE `für ``alle`',
    'CREATE TABLE of_all (a INT) TABLESPACE innodb_system',
    'CREATE TABLE of_itself (a INT) TABLESPACE innodb_file_per_table',
    "CREATE TABLE says_so (a INT COMMENT '\\n) /*!50100 TABLESPACE `x` */')",
  ]) {
    await server.query(sql, 'shop');
  }

  const { reported } = await dumpDefinitions(server, 'shop');

  expect(reported).toEqual([
    {
      what: 'tablespace of table "elsewhere"',
      why: expect.stringContaining('"für `alle"') as string,
      remedy: expect.stringContaining('CREATE TABLESPACE') as string,
    },
  ]);
});
