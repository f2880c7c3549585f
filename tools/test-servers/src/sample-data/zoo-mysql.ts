import type { ZooCase } from './zoo-case.ts';

/** What only MySQL has. */
export const ZOO_MYSQL: readonly ZooCase[] = [
  {
    title: "keys, checks and columns of MySQL's own",
    flavor: 'mysql',
    statements: [
      "CREATE TABLE own_keys (id INT PRIMARY KEY, a INT, b VARCHAR(20), j JSON, KEY f ((a + 1), (UPPER(b)) DESC), KEY hidden (a) INVISIBLE, KEY many ((CAST(j->'$.ids' AS UNSIGNED ARRAY))), CONSTRAINT off CHECK (a > 0) NOT ENFORCED, CHECK (b <> _latin1'é'))",
      'CREATE TABLE world (p POINT NOT NULL SRID 4326, SPATIAL KEY (p))',
      'CREATE TABLE embeddings (id INT PRIMARY KEY, e VECTOR(3))',
      "INSERT INTO embeddings VALUES (1, STRING_TO_VECTOR('[1, 2.5, 3e-10]'))",
      "CREATE TABLE packed (a INT COLUMN_FORMAT FIXED, b INT DEFAULT 1 COMMENT 'x' INVISIBLE) COMPRESSION = 'zlib' AUTOEXTEND_SIZE = 4M",
      { set: 'sql_generate_invisible_primary_key = 1', sql: 'CREATE TABLE made_key (a INT)' },
      { set: 'restrict_fk_on_non_standard_key = 0', sql: 'CREATE TABLE lax_parent (a INT, KEY (a))' },
      {
        set: 'restrict_fk_on_non_standard_key = 0',
        sql: 'CREATE TABLE lax_child (a INT, FOREIGN KEY (a) REFERENCES lax_parent (a))',
      },
    ],
  },
  {
    title: 'libraries and views that MySQL 9 brought',
    flavor: 'mysql',
    statements: [
      "CREATE LIBRARY lib COMMENT 'it''s' LANGUAGE JAVASCRIPT AS $$ export function f(n) { return `it's ${n}`; } $$",
      'CREATE LIBRARY lib_text LANGUAGE JAVASCRIPT AS \'export const x = "1";\'',
      'CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(20))',
      "CREATE VIEW hinted AS SELECT /*+ NO_MERGE(c) */ c.id, j.x FROM customers c, JSON_TABLE('[1]', '$[*]' COLUMNS (x INT PATH '$')) AS j, LATERAL (SELECT c.name) AS l",
      "CREATE JSON DUALITY VIEW duality AS SELECT JSON_DUALITY_OBJECT('_id': id, 'name': name) FROM customers",
      'CREATE VIEW valued AS SELECT column_0 AS v FROM (VALUES ROW(1), ROW(2)) AS x',
    ],
  },
];
