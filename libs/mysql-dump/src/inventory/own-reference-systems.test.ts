import { mysqlAvailable, startMysql } from '@serverless-ops/test-servers';
import { dumpDefinitions } from '../testing/dump-definitions.ts';

jest.setTimeout(60_000);

const OWN = `CREATE SPATIAL REFERENCE SYSTEM 990001 NAME 'mine' DEFINITION
  'GEOGCS["x",DATUM["d",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.017],AXIS["Lat",NORTH],AXIS["Lon",EAST]]'`;

(mysqlAvailable() ? test : test.skip)('names the spatial reference systems of MySQL that a restore needs', async () => {
  await using server = await startMysql();
  await server.query('CREATE DATABASE shop');
  await server.query(OWN);
  for (const sql of [
    'CREATE TABLE places (a POINT SRID 990001, b POINT, c POINT SRID 0, d POINT SRID 4326, e POLYGON SRID 990001)',
    'CREATE TABLE others (a POINT SRID 990001)',
    "CREATE USER reader@'%' IDENTIFIED BY 'a password'",
    "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON shop.* TO reader@'%'",
    "GRANT SHOW_ROUTINE ON *.* TO reader@'%'",
  ]) {
    await server.query(sql, 'shop');
  }

  const account = { user: 'reader', password: 'a password' };
  const { inventory } = await dumpDefinitions(server, 'shop', { account, excludeTables: ['others'] });

  expect(inventory.incomplete.map(({ what }) => what)).toEqual(['spatial reference system 990001 of table "places"']);
});
