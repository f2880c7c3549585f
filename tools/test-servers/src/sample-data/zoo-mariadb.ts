import type { ZooCase } from './zoo-case.ts';

/** What only MariaDB has. */
export const ZOO_MARIADB: readonly ZooCase[] = [
  {
    title: 'sequences with their position, and as defaults',
    statements: [
      'CREATE SEQUENCE numbers',
      'CREATE SEQUENCE `odd ``seq``` START WITH 100 INCREMENT BY -7 MINVALUE -1000 MAXVALUE 200 CACHE 3 CYCLE',
      'CREATE SEQUENCE unused START WITH 5 NOCACHE',
      'SELECT NEXTVAL(numbers), NEXTVAL(`odd ``seq```), NEXTVAL(`odd ``seq```)',
      'SELECT SETVAL(numbers, 500)',
      "CREATE TABLE t (id BIGINT DEFAULT NEXTVAL(numbers) PRIMARY KEY, n BIGINT DEFAULT NEXT VALUE FOR %OWN%.`odd ``seq```, c TEXT DEFAULT 'nextval(%OWN%.`x`)' COMMENT 'nextval(%OWN%.`x`)')",
      'INSERT INTO t () VALUES (), ()',
    ],
  },
  {
    title: 'system-versioned tables and their history',
    statements: [
      'CREATE TABLE plain (id INT PRIMARY KEY, v VARCHAR(10)) WITH SYSTEM VERSIONING',
      'CREATE TABLE explicit_period (id INT PRIMARY KEY, v INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START, e TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING',
      'CREATE TABLE hidden_period (id INT PRIMARY KEY, v INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START INVISIBLE, e TIMESTAMP(6) GENERATED ALWAYS AS ROW END INVISIBLE, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING',
      'CREATE TABLE some_columns (id INT PRIMARY KEY, v INT, w INT WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING',
      'CREATE TABLE parted (id INT) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION h HISTORY, PARTITION c CURRENT)',
      "INSERT INTO plain VALUES (1, 'a'), (2, 'b')",
      "UPDATE plain SET v = 'c' WHERE id = 1",
      'DELETE FROM plain WHERE id = 2',
      'INSERT INTO explicit_period (id, v) VALUES (1, 1)',
      'UPDATE explicit_period SET v = 2',
      'INSERT INTO hidden_period (id, v) VALUES (1, 1)',
      'UPDATE hidden_period SET v = 2',
    ],
  },
  {
    title: "periods of an application, types, engines and options of MariaDB's own",
    statements: [
      'CREATE TABLE booked (room INT, s DATE, e DATE, PERIOD FOR stay (s, e), UNIQUE (room, stay WITHOUT OVERLAPS))',
      "CREATE TABLE own_types (u UUID, i4 INET4, i6 INET6, c TEXT COMPRESSED, v VARCHAR(100) COMPRESSED DEFAULT 'x', KEY (u))",
      "INSERT INTO own_types VALUES (UUID(), '10.0.0.1', '::1', 'packed', 'packed too')",
      'CREATE TABLE aria (a INT PRIMARY KEY, b VARCHAR(10)) ENGINE = Aria TRANSACTIONAL = 1 PAGE_CHECKSUM = 1',
      "INSERT INTO aria VALUES (1, 'x')",
      'CREATE TABLE pages (a INT) ENGINE = InnoDB PAGE_COMPRESSED = 1',
      'CREATE TABLE ignored (a INT, KEY k (a) IGNORED)',
      "CREATE TABLE json_check (j LONGTEXT CHECK (JSON_VALID(j)), d VARCHAR(50) DEFAULT CONCAT('a', 'b'), n INT DEFAULT (a + 1), a INT)",
    ],
  },
  {
    title: 'packages, programs in the mode of Oracle, aggregate functions, a role as definer',
    statements: [
      'CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(50))',
      { set: 'sql_mode = ORACLE', sql: 'CREATE PACKAGE pack AS FUNCTION f RETURN INT; PROCEDURE p(x INT); END' },
      {
        set: 'sql_mode = ORACLE',
        sql: `CREATE PACKAGE BODY pack AS FUNCTION f RETURN INT AS BEGIN RETURN 1; END; PROCEDURE p(x INT) AS BEGIN SELECT x || 'it''s' FROM "t"; END; END`,
      },
      { set: 'sql_mode = ORACLE', sql: 'CREATE PROCEDURE oracle_p(x IN INT) AS y INT := 1; BEGIN SELECT x + y; END' },
      'CREATE AGGREGATE FUNCTION total(x INT) RETURNS INT BEGIN DECLARE s INT DEFAULT 0; DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN s; LOOP FETCH GROUP NEXT ROW; SET s = s + x; END LOOP; END',
      'CREATE OR REPLACE ROLE zoo_role',
      'GRANT ALL ON *.* TO zoo_role',
      'CREATE DEFINER = zoo_role PROCEDURE by_role() SELECT 1',
      'CREATE OR REPLACE TRIGGER replaced BEFORE INSERT ON t FOR EACH ROW SET @x = 1',
      'CREATE TRIGGER IF NOT EXISTS maybe AFTER INSERT ON t FOR EACH ROW SET @x = 1',
      'CREATE OR REPLACE PROCEDURE replaced_p(IN x TYPE OF t.b) SELECT x',
    ],
  },
  {
    title: 'views over a view whose definer does not exist',
    statements: [
      'CREATE TABLE t (a INT PRIMARY KEY)',
      "CREATE USER IF NOT EXISTS 'gone'@'nowhere'",
      "GRANT ALL ON *.* TO 'gone'@'nowhere'",
      "CREATE DEFINER = 'gone'@'nowhere' VIEW base AS SELECT a FROM t",
      'CREATE VIEW above AS SELECT a FROM base',
      "CREATE DEFINER = 'gone'@'nowhere' SQL SECURITY INVOKER VIEW invoked AS SELECT a FROM above",
      "DROP USER 'gone'@'nowhere'",
    ],
  },
];
