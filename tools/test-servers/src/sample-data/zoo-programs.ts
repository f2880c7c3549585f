import type { ZooCase } from './zoo-case.ts';

const TABLE = 'CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(50))';

/** Views, routines, triggers and events, as both makers know them. */
export const ZOO_PROGRAMS: readonly ZooCase[] = [
  {
    title: 'views on views that sort before them, and views that call functions',
    statements: [
      TABLE,
      'CREATE FUNCTION f(x INT) RETURNS INT DETERMINISTIC RETURN x * 2',
      'CREATE VIEW z AS SELECT a, f(a) AS doubled, %OWN%.f(a) AS named FROM t',
      'CREATE VIEW m AS SELECT z.a, t.b FROM z LEFT JOIN %OWN%.t ON z.a = t.a',
      'CREATE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW a AS SELECT a FROM m WHERE a > 1',
      "CREATE ALGORITHM = TEMPTABLE VIEW `odd ``name``` (`x``y`, `z's`) AS SELECT a, b FROM t WHERE b <> 'it''s \\\\ `t`'",
      'CREATE VIEW checked AS SELECT a, b FROM t WHERE a < 10 WITH CASCADED CHECK OPTION',
      'CREATE VIEW checked_too AS SELECT a FROM checked WHERE a > 1 WITH LOCAL CHECK OPTION',
      'CREATE VIEW combined AS WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i, ROW_NUMBER() OVER (ORDER BY i DESC) AS r FROM n WHERE i IN (SELECT a FROM t) UNION SELECT a, 1 FROM z',
      "CREATE VIEW by_a_function AS SELECT 1 AS x FROM t WHERE EXISTS (SELECT 1 FROM z WHERE z.a = t.a) AND CAST(b AS CHAR) <> '🚚'",
      'CREATE FUNCTION g() RETURNS INT READS SQL DATA RETURN (SELECT COUNT(*) FROM by_a_function)',
      'CREATE VIEW by_g AS SELECT g() AS x',
    ],
  },
  {
    title: "views that read other databases, or have the database's name as an alias or in a text",
    statements: [
      TABLE,
      'CREATE TABLE %OWN% (a INT, b INT)',
      'CREATE TABLE %OTHER%.far_table (id INT PRIMARY KEY)',
      'CREATE VIEW far_view AS SELECT far_table.id, t.a, %OWN%.t.b FROM %OTHER%.far_table JOIN %OWN%.t ON t.a = far_table.id',
      'CREATE VIEW far_alias AS SELECT %OWN%.a, x.b FROM t AS %OWN% JOIN %OWN%.t AS x ON %OWN%.a = x.a JOIN %OTHER%.far_table',
      'CREATE VIEW far_self AS SELECT %OWN%.%OWN%.a AS s FROM %OWN%.%OWN% JOIN %OTHER%.far_table ON %OWN%.b = far_table.id',
      "CREATE VIEW in_a_text AS SELECT 'from %OWN%.`t`' AS x, t.a AS `%OWNTEXT%.y` FROM t JOIN %OTHER%.far_table",
      'CREATE VIEW comma AS SELECT t.a FROM t, %OTHER%.far_table, (SELECT 1 AS one FROM %OWN%.t) AS derived WHERE t.a = derived.one',
    ],
  },
  {
    title: 'definers that do not exist',
    statements: [
      TABLE,
      "CREATE USER IF NOT EXISTS 'gone'@'nowhere'",
      "GRANT ALL ON *.* TO 'gone'@'nowhere'",
      "CREATE DEFINER = 'gone'@'nowhere' VIEW base AS SELECT a, b FROM t",
      "CREATE DEFINER = 'gone'@'nowhere' SQL SECURITY INVOKER VIEW invoked AS SELECT a FROM t",
      "CREATE DEFINER = 'gone'@'nowhere' PROCEDURE p() SELECT 1",
      "CREATE DEFINER = 'gone'@'nowhere' TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET @x = 1",
      "CREATE DEFINER = 'gone'@'nowhere' EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO DO 1",
      "DROP USER 'gone'@'nowhere'",
    ],
  },
  {
    title: 'bodies that end in a comment, hold delimiters, and what clients take for commands',
    statements: [
      TABLE,
      'CREATE PROCEDURE dashes() SELECT 1 -- the end',
      'CREATE PROCEDURE hash() SELECT 1 # the end',
      'CREATE PROCEDURE block() SELECT 1 /* the end */',
      `CREATE PROCEDURE words() BEGIN
SELECT 'a;;b', ";;", '//', '$$' ; -- ;; it's
/* it's
DELIMITER //
\\g \\c \\q \\G ;; // */
SELECT '
DELIMITER $$
delimiter ;;
\\\\. /etc/passwd
quit
';
# DELIMITER "
-- DELIMITER
SELECT 1 AS \`
DELIMITER ;;
\`;
END`,
      "CREATE PROCEDURE `lines`() SELECT 'one\r\ntwo\rthree\nfour\ttab'\r\n-- crlf\r\n",
      'CREATE PROCEDURE versioned() BEGIN /*!50000 SELECT 1 */; SELECT /*+ MAX_EXECUTION_TIME(1) */ 2; END',
      "CREATE FUNCTION `odd ``name``\n -- x` () RETURNS VARCHAR(20) DETERMINISTIC COMMENT 'it''s\n\\\\ 🚚' RETURN '🚚'",
      'CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW SET @x = 1 -- the end',
      "CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO SELECT ';;' -- the end",
    ],
  },
  {
    title: 'programs under sql_modes of their own',
    statements: [
      TABLE,
      {
        set: "sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'",
        sql: `CREATE FUNCTION "ansi ""f""" ("x" VARCHAR(20)) RETURNS VARCHAR(60) DETERMINISTIC RETURN "x" || 'it''s' || 'y'`,
      },
      {
        set: "sql_mode = 'NO_BACKSLASH_ESCAPES'",
        sql: "CREATE PROCEDURE paths() SELECT 'C:\\', 'it''s', '\\n' -- C:\\",
      },
      {
        set: "sql_mode = 'NO_BACKSLASH_ESCAPES'",
        sql: "CREATE PROCEDURE commented() COMMENT 'it''s C:\\x\nand a new line' SELECT 1",
      },
      { set: "sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'", sql: `CREATE PROCEDURE "both"() SELECT 'a\\' AS "b\\"` },
      {
        set: "sql_mode = 'ANSI_QUOTES'",
        sql: `CREATE TRIGGER "tr" BEFORE UPDATE ON "t" FOR EACH ROW SET NEW."b" = 'x'`,
      },
      {
        set: "sql_mode = 'ANSI_QUOTES'",
        sql: `CREATE EVENT "e" ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO UPDATE "t" SET "b" = 'y'`,
      },
      {
        set: "sql_mode = 'HIGH_NOT_PRECEDENCE,IGNORE_SPACE,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,TRADITIONAL'",
        sql: 'CREATE PROCEDURE many() SELECT COUNT (*) FROM t WHERE NOT a BETWEEN 1 AND 2',
      },
      {
        set: "sql_mode = 'PAD_CHAR_TO_FULL_LENGTH,NO_UNSIGNED_SUBTRACTION,REAL_AS_FLOAT'",
        sql: 'CREATE FUNCTION padded(x REAL) RETURNS CHAR(5) DETERMINISTIC RETURN x',
      },
      {
        set: "sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'",
        sql: `CREATE VIEW "ansi v" AS SELECT "a" || 'x' AS "y" FROM "t"`,
      },
      { set: "sql_mode = 'NO_BACKSLASH_ESCAPES'", sql: "CREATE VIEW backslash AS SELECT 'C:\\' AS p, 'a\\''b' AS q" },
    ],
  },
  {
    title: 'programs from clients of other character sets',
    statements: [
      TABLE,
      { charset: 'LATIN1_SWEDISH_CI', sql: "CREATE PROCEDURE l1(`ä` INT) COMMENT 'ö' SELECT 'é', `ä`" },
      {
        charset: 'LATIN1_SWEDISH_CI',
        sql: "CREATE VIEW l1_view AS SELECT 'é' AS `ß`, _utf8mb4 0xC3A9 AS u, _binary'ÿ' AS b",
      },
      {
        charset: 'LATIN1_SWEDISH_CI',
        sql: "CREATE TRIGGER l1_trigger BEFORE INSERT ON t FOR EACH ROW SET NEW.b = 'é'",
      },
      {
        charset: 'LATIN1_SWEDISH_CI',
        sql: "CREATE EVENT l1_event ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' COMMENT 'ü' DO SELECT 'é'",
      },
      {
        charset: 'CP1251_GENERAL_CI',
        sql: "CREATE FUNCTION cyr() RETURNS VARCHAR(20) CHARACTER SET cp1251 DETERMINISTIC RETURN 'привет'",
      },
      { charset: 'SJIS_JAPANESE_CI', sql: "CREATE PROCEDURE sj() SELECT '表', 'ソ'" },
      { charset: 'GBK_CHINESE_CI', sql: "CREATE PROCEDURE gb() SELECT '誠', '許', '功'" },
      { set: 'collation_connection = latin1_german2_ci', sql: "CREATE PROCEDURE mixed() SELECT 'é' = 'e'" },
    ],
  },
  {
    title: 'programs with a name that is not ASCII, from a client of another character set',
    statements: [
      TABLE,
      { charset: 'LATIN1_SWEDISH_CI', sql: "CREATE PROCEDURE `größe`(`ä` INT) COMMENT 'ö' SELECT 'é'" },
      {
        charset: 'LATIN1_SWEDISH_CI',
        sql: "CREATE EVENT `ereigniß` ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' COMMENT 'ü' DO SELECT 'é'",
      },
      { charset: 'LATIN1_SWEDISH_CI', sql: "CREATE VIEW `sicht ä` AS SELECT 'é' AS `ß` FROM t" },
      { charset: 'LATIN1_SWEDISH_CI', sql: 'CREATE VIEW `a über ä` AS SELECT * FROM `sicht ä`' },
    ],
  },
  {
    title: "a routine older than the database's defaults",
    databaseOptions: 'CHARACTER SET latin1',
    statements: [
      'CREATE FUNCTION old(x VARCHAR(10)) RETURNS VARCHAR(10) DETERMINISTIC RETURN x',
      "CREATE EVENT old_event ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO SELECT 'x'",
      TABLE,
      "CREATE TRIGGER old_trigger BEFORE INSERT ON t FOR EACH ROW SET NEW.b = 'x'",
      'ALTER DATABASE %OWN% CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci',
      'CREATE FUNCTION young(x VARCHAR(10)) RETURNS VARCHAR(10) DETERMINISTIC RETURN x',
      'CREATE TABLE u (a VARCHAR(10))',
    ],
  },
  {
    title: 'several triggers of one table, in their order, with names qualified',
    statements: [
      TABLE,
      'CREATE TRIGGER z1 BEFORE INSERT ON t FOR EACH ROW SET @x = 1',
      'CREATE TRIGGER a2 BEFORE INSERT ON t FOR EACH ROW PRECEDES z1 SET @x = 2',
      'CREATE TRIGGER m3 BEFORE INSERT ON t FOR EACH ROW FOLLOWS a2 SET @x = 3',
      'CREATE /* c */ TRIGGER /* d */ %OWN%.qualified -- e\n AFTER /* f */ DELETE ON %OWN%.t /* g */ FOR EACH ROW BEGIN DELETE FROM t WHERE a = OLD.a; END',
      'CREATE TRIGGER `odd ``name``\n` AFTER UPDATE ON t FOR EACH ROW SET @x = 1',
    ],
  },
  {
    title: 'events of every kind, over ones among them',
    statements: [
      {
        set: "time_zone = '+05:30'",
        sql: "CREATE EVENT zoned ON SCHEDULE EVERY 90 MINUTE STARTS '2030-01-01 00:00:00' ENDS '2031-01-01 00:00:00' DO SELECT 1",
      },
      {
        set: 'timestamp = 1500000000',
        sql: "CREATE EVENT past ON SCHEDULE AT '2018-01-01 00:00:00' DISABLE DO SELECT 1",
      },
      {
        set: 'timestamp = 1500000000',
        sql: "CREATE EVENT ended ON SCHEDULE EVERY 1 DAY STARTS '2017-08-01' ENDS '2018-01-01 00:00:00' DISABLE DO SELECT 1",
      },
      "CREATE EVENT kept ON SCHEDULE AT '2035-01-01' ON COMPLETION PRESERVE DISABLE COMMENT 'it''s' DO BEGIN SELECT 1; END",
      "CREATE EVENT elsewhere ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2030-01-01' DISABLE ON SLAVE DO SELECT ';;'",
      'CREATE EVENT `odd ``name``` ON SCHEDULE EVERY 1 WEEK DO SELECT 1',
    ],
  },
];
