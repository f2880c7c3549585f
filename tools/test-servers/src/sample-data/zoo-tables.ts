import type { ZooCase } from './zoo-case.ts';

/** Tables, as both makers know them. */
export const ZOO_TABLES: readonly ZooCase[] = [
  {
    title: 'names with spaces, quotes, backticks, line breaks, reserved words and of every script',
    statements: [
      'CREATE TABLE `select` (`from` INT PRIMARY KEY, `where``s` INT, `a b` INT, KEY `group``by` (`a b`))',
      'CREATE TABLE `it\'s "quoted"` (`"` INT, `\'` INT, `\\` INT, `%` INT, `;` INT, `-- x` INT, `/*` INT, `#` INT)',
      'CREATE TABLE `back``tick` (`a``b` INT, UNIQUE KEY `u``k` (`a``b`))',
      'CREATE TABLE `line\nbreak` (`line\nbreak` INT, `cr\rlf` INT)',
      'CREATE TABLE `größe 表 таблица ☕` (`größe` INT, `表` INT, `☕` INT)',
      'CREATE TABLE `Case` (`A` INT)',
      'CREATE TABLE `case` (`a` INT)',
      'CREATE TABLE `a.b/c\\d%20$` (`a.b` INT)',
      'CREATE TABLE `123` (`1` INT, `2e3` INT)',
      'CREATE TABLE `DELIMITER $$` (`DELIMITER` INT)',
      'INSERT INTO `line\nbreak` VALUES (1, 2)',
      'INSERT INTO `it\'s "quoted"` VALUES (1, 2, 3, 4, 5, 6, 7, 8)',
    ],
  },
  {
    title: 'every type of both makers, with values at their limits',
    statements: [
      `CREATE TABLE numbers (
        t TINYINT, ut TINYINT UNSIGNED, s SMALLINT, m MEDIUMINT, i INT, zi INT(9) UNSIGNED ZEROFILL, b BIGINT, ub BIGINT UNSIGNED,
        d DECIMAL(65, 30), d0 DECIMAL(65, 0), f FLOAT, d2 DOUBLE, bo BOOLEAN, b1 BIT(1), b64 BIT(64), y YEAR)`,
      `INSERT INTO numbers VALUES
        (-128, 255, -32768, -8388608, -2147483648, 7, -9223372036854775808, 18446744073709551615,
         99999999999999999999999999999999999.999999999999999999999999999999, -99999999999999999999999999999999999999999999999999999999999999999,
         1234567.75, 1.7976931348623157e308, TRUE, b'1', b'1111111111111111111111111111111111111111111111111111111111111111', 1901),
        (127, 0, 32767, 8388607, 2147483647, 999999999, 9223372036854775807, 0, -0.000000000000000000000000000001, 0,
         16777216, 4.9e-324, FALSE, b'0', b'1', 2155),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3.4028234e38, -0e0, NULL, NULL, NULL, 0),
        (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1.17549435e-38, 0.1, 0, b'0', b'0', NULL)`,
      `CREATE TABLE times (
        d DATE, t TIME, t6 TIME(6), dt DATETIME, dt6 DATETIME(6), ts TIMESTAMP NULL, ts6 TIMESTAMP(6) NULL)`,
      `INSERT INTO times VALUES
        ('0000-00-00', '-838:59:59', '838:59:59.000000', '0000-00-00 00:00:00', '9999-12-31 23:59:59.999999', '1970-01-01 00:00:01', '2038-01-19 03:14:07.999999'),
        ('1000-01-01', '00:00:00', '-00:00:00.000001', '2024-02-30 00:00:00', '1000-01-01 00:00:00.000001', '0000-00-00 00:00:00', NULL)`,
      `CREATE TABLE texts (
        c CHAR(10), v VARCHAR(50), tt TINYTEXT, t TEXT, mt MEDIUMTEXT, lt LONGTEXT, bi BINARY(4), vb VARBINARY(300), tb TINYBLOB,
        bl BLOB, mb MEDIUMBLOB, lb LONGBLOB, e ENUM('a', 'it''s', '"', 'back\\\\slash', '', 'ÿ', 'new\nline'), s SET('a', 'b''c', '"'), j JSON)`,
      `INSERT INTO texts VALUES
        ('a', 'trailing  ', '', 'quote '' double " back \\\\ nul \\0 sub \\Z tab \\t cr \\r lf \\n', '🚚', REPEAT('x', 70000), 'a', 0x00ff27225c0a0d1a,
         '', 0x00, 0xff, NULL, 'it''s', 'a,b''c', '{"a": [1, 2.5, null, "\\\\"", true]}'),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0x27, '', '', NULL)`,
      `CREATE TABLE shapes (
        id INT PRIMARY KEY, g GEOMETRY, p POINT NOT NULL, l LINESTRING, po POLYGON, mp MULTIPOINT, gc GEOMETRYCOLLECTION, SPATIAL KEY (p))
        ENGINE = MyISAM`,
      `INSERT INTO shapes VALUES
        (1, ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(0.1 -0.2)'), ST_GeomFromText('LINESTRING(0 0, 1 1, 2 2)'),
         ST_GeomFromText('POLYGON((0 0, 0 1, 1 1, 0 0))'), ST_GeomFromText('MULTIPOINT(0 0, 1 1)'),
         ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 0, 1 1))'))`,
    ],
  },
  {
    title: 'columns in every kind of character set',
    databaseOptions: 'CHARACTER SET latin2 COLLATE latin2_czech_cs',
    statements: [
      `CREATE TABLE charsets (
        plain VARCHAR(20), l1 VARCHAR(20) CHARACTER SET latin1, l1g VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_german2_ci,
        u2 VARCHAR(20) CHARACTER SET ucs2, u16 VARCHAR(20) CHARACTER SET utf16, u16l VARCHAR(20) CHARACTER SET utf16le,
        u32 VARCHAR(20) CHARACTER SET utf32, sj VARCHAR(20) CHARACTER SET sjis, c932 VARCHAR(20) CHARACTER SET cp932, gb VARCHAR(20) CHARACTER SET gbk,
        b5 VARCHAR(20) CHARACTER SET big5, eu VARCHAR(20) CHARACTER SET ujis, ko VARCHAR(20) CHARACTER SET euckr, asc7 VARCHAR(20) CHARACTER SET ascii,
        bin VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, bi VARCHAR(20) CHARACTER SET binary,
        ee ENUM('é', 'ü') CHARACTER SET latin1, e16 ENUM('é', '表') CHARACTER SET utf16, esj ENUM('表', 'ソ') CHARACTER SET sjis,
        es SET('ソ', '十') CHARACTER SET gbk)`,
      `INSERT INTO charsets (l1, sj, c932, gb, u16) VALUES (0x80e9ff, 0x835c, 0xfa40, 0xa1e3, 0xd83dde00)`,
      `CREATE TABLE of_another (a VARCHAR(10), b VARCHAR(10) CHARACTER SET koi8r, c TEXT) CHARACTER SET cp1251 COLLATE cp1251_bulgarian_ci`,
    ],
  },
  {
    title: 'members of ENUM and SET, and defaults, beyond three-byte UTF-8, which servers show as question marks',
    statements: [
      "CREATE TABLE cars (id INT PRIMARY KEY, e ENUM('?', '🚚', '☕', '🚗🚗') DEFAULT '🚚', s SET('🚚', 'é', '?', '🚗'), c VARCHAR(20) DEFAULT 'it''s a 🚚?')",
      "INSERT INTO cars (id, e, s) VALUES (1, '🚚', '🚚,é'), (2, '?', '?,🚗'), (3, '🚗🚗', ''), (4, '☕', NULL)",
      "CREATE TABLE no_rows (c VARCHAR(20) DEFAULT '\\\\ 🚚', d CHAR(9) CHARACTER SET utf16 DEFAULT '🚗')",
      "SET sql_mode = ''",
      "CREATE TABLE alike (id INT PRIMARY KEY, e ENUM('🚚', 'é', '表') CHARACTER SET latin1 UNIQUE, s SET('é', '🚚', '表') CHARACTER SET latin1, c ENUM('a', 'A'))",
      'INSERT INTO alike VALUES (1, 1, 2, 1), (2, 3, 4, 2), (3, 2, 6, 1)',
      "CREATE TABLE empty_member (id INT PRIMARY KEY, e ENUM('a', ''), s SET('', 'a'))",
      "INSERT INTO empty_member VALUES (1, 0, 0), (2, '', 1), (3, 'a', 2), (4, NULL, 3)",
      'CREATE TABLE taken_from_cars AS SELECT DEFAULT(e) AS e, DEFAULT(c) AS c FROM cars LIMIT 1',
    ],
  },
  {
    title: 'defaults and comments of every kind',
    statements: [
      {
        set: "sql_mode = 'ALLOW_INVALID_DATES'",
        sql: `CREATE TABLE defaults (
        a INT DEFAULT -1, b VARCHAR(40) DEFAULT 'it''s "x" \\\\ \\n \\r \\0 🚚' COMMENT 'it''s "x" \\\\ \\n \\0 🚚 -- ; /* */', c DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
        d DATE DEFAULT '0000-00-00', d2 DATE DEFAULT '2020-02-31', e BIT(5) DEFAULT b'10101', f VARBINARY(5) DEFAULT 0x00ff27, g BINARY(3) DEFAULT 'a', h ENUM('x', 'y''z') DEFAULT 'y''z',
        i TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:01', j TIMESTAMP NULL DEFAULT NULL, k DECIMAL(5, 2) DEFAULT 1.50, l DOUBLE DEFAULT 1e100, m INT NOT NULL,
        n VARCHAR(10) CHARACTER SET latin1 DEFAULT 'é', o VARCHAR(10) NOT NULL DEFAULT '', p TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, q YEAR DEFAULT 0,
        r CHAR(36) DEFAULT (UUID()), s JSON DEFAULT (JSON_ARRAY()), t INT DEFAULT (1 + 1), u VARCHAR(10) CHARACTER SET sjis DEFAULT 'ソ表')
        COMMENT = 'it''s "x" \\\\ \\n 🚚 */ -- ;'`,
      },
      { set: 'explicit_defaults_for_timestamp = 0', sql: 'CREATE TABLE old_timestamps (a TIMESTAMP, b TIMESTAMP)' },
      {
        set: 'explicit_defaults_for_timestamp = 1',
        sql: 'CREATE TABLE new_timestamps (a TIMESTAMP NOT NULL, b TIMESTAMP NULL)',
      },
    ],
  },
  {
    title: 'generated and invisible columns, checks, keys of every kind',
    statements: [
      `CREATE TABLE derived (
        id INT AUTO_INCREMENT PRIMARY KEY, a INT, b VARCHAR(20), \`it's\` INT, v INT GENERATED ALWAYS AS (a + 1) VIRTUAL, s VARCHAR(60) AS (CONCAT(b, ' it''s \\\\ é')) STORED, w INT AS (\`it's\` * v) VIRTUAL,
        inv INT INVISIBLE, inv2 INT DEFAULT 7 INVISIBLE, t TEXT, p POINT NOT NULL, KEY (v), UNIQUE KEY (s), KEY (t(10)), KEY (a DESC, b(3) ASC) COMMENT 'it''s', FULLTEXT KEY (t), SPATIAL KEY (p),
        CONSTRAINT \`check\`\`s\` CHECK (a < 1000 AND b <> 'it''s'), CHECK (JSON_VALID(t) OR t IS NULL)) AUTO_INCREMENT = 4711`,
      "INSERT INTO derived (a, b, inv, p) VALUES (1, 'x', 5, POINT(1, 2)), (2, NULL, NULL, POINT(3, 4))",
      'CREATE TABLE nothing_visible (a INT INVISIBLE, b INT)',
      'CREATE TABLE with_a_warning (id INT PRIMARY KEY, b VARCHAR(20), n INT AS (b + 1) STORED)',
      "INSERT INTO with_a_warning (id, b) VALUES (1, 'no number')",
    ],
  },
  {
    title: 'foreign keys in a circle, to themselves, to another database, with odd names',
    statements: [
      'CREATE TABLE %OTHER%.far (id INT PRIMARY KEY)',
      'CREATE TABLE z_parent (id INT PRIMARY KEY, child INT, KEY (child))',
      'CREATE TABLE a_child (id INT PRIMARY KEY, parent INT, me INT, far INT, two INT, three INT, UNIQUE KEY (two, three), CONSTRAINT `fk``odd "name"` FOREIGN KEY (parent) REFERENCES z_parent (id) ON DELETE CASCADE ON UPDATE SET NULL, CONSTRAINT me FOREIGN KEY (me) REFERENCES a_child (id), CONSTRAINT far FOREIGN KEY (far) REFERENCES %OTHER%.far (id))',
      'CREATE TABLE odd_too (a INT, CONSTRAINT `a``b\nc` FOREIGN KEY (a) REFERENCES a_child (id))',
      'ALTER TABLE z_parent ADD CONSTRAINT circle FOREIGN KEY (child) REFERENCES a_child (id)',
      'CREATE TABLE m_composite (a INT, b INT, CONSTRAINT composite FOREIGN KEY (a, b) REFERENCES a_child (two, three))',
      { set: 'foreign_key_checks = 0', sql: 'INSERT INTO a_child VALUES (1, 99, 1, 5, 2, 3)' },
    ],
  },
  {
    title: 'partitions of every kind',
    statements: [
      "CREATE TABLE by_range (d DATE NOT NULL, n INT) PARTITION BY RANGE COLUMNS (d) (PARTITION `p``1` VALUES LESS THAN ('2020-01-01') COMMENT = 'it''s', PARTITION p2 VALUES LESS THAN MAXVALUE)",
      "CREATE TABLE by_list (s VARCHAR(10) NOT NULL) PARTITION BY LIST COLUMNS (s) (PARTITION p1 VALUES IN ('it''s', 'é'), PARTITION p2 VALUES IN ('🚚', NULL))",
      'CREATE TABLE by_hash (id INT PRIMARY KEY) PARTITION BY LINEAR HASH (id) PARTITIONS 3',
      'CREATE TABLE by_key (id INT PRIMARY KEY) PARTITION BY KEY (id) PARTITIONS 2',
      'CREATE TABLE in_two (id INT, d DATE) PARTITION BY RANGE (YEAR(d)) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION p1 VALUES LESS THAN (2020), PARTITION p2 VALUES LESS THAN MAXVALUE)',
      "INSERT INTO by_range VALUES ('2019-01-01', 1), ('2021-01-01', 2)",
      "INSERT INTO by_list VALUES ('it''s'), ('🚚')",
    ],
  },
  {
    title: 'engines and options of tables',
    statements: [
      'CREATE TABLE isam (a INT AUTO_INCREMENT PRIMARY KEY, b VARCHAR(10)) ENGINE = MyISAM AUTO_INCREMENT = 100 CHECKSUM = 1 DELAY_KEY_WRITE = 1 PACK_KEYS = 1 AVG_ROW_LENGTH = 50 MAX_ROWS = 1000 MIN_ROWS = 10 ROW_FORMAT = DYNAMIC',
      'CREATE TABLE heap (a INT, KEY USING BTREE (a)) ENGINE = MEMORY',
      'CREATE TABLE comma (a INT NOT NULL) ENGINE = CSV',
      'CREATE TABLE old_rows (a INT) ENGINE = InnoDB ROW_FORMAT = COMPACT STATS_PERSISTENT = 1 STATS_AUTO_RECALC = 0 STATS_SAMPLE_PAGES = 30',
      'CREATE TABLE small (a INT) ENGINE = InnoDB ROW_FORMAT = COMPRESSED KEY_BLOCK_SIZE = 4',
      {
        set: 'innodb_strict_mode = 0',
        sql: 'CREATE TABLE lax (a INT) ENGINE = InnoDB ROW_FORMAT = DYNAMIC KEY_BLOCK_SIZE = 4',
      },
      "INSERT INTO isam (b) VALUES ('x')",
      'INSERT INTO heap VALUES (1)',
      'INSERT INTO comma VALUES (1)',
    ],
  },
  {
    title: 'a MERGE table and the tables that hold its rows',
    statements: [
      'CREATE TABLE zone_1 (a INT NOT NULL, KEY (a)) ENGINE = MyISAM',
      'CREATE TABLE zone_2 (a INT NOT NULL, KEY (a)) ENGINE = MyISAM',
      'CREATE TABLE all_zones (a INT NOT NULL, KEY (a)) ENGINE = MERGE UNION = (zone_1, zone_2) INSERT_METHOD = LAST',
      'INSERT INTO zone_1 VALUES (1), (2)',
      'INSERT INTO zone_2 VALUES (3)',
    ],
  },
  {
    title: 'tables without columns to insert, without rows, without keys',
    statements: [
      'CREATE TABLE no_rows (a INT PRIMARY KEY)',
      'CREATE TABLE no_key (a INT)',
      'CREATE TABLE unique_only (a INT NOT NULL UNIQUE)',
      'INSERT INTO no_key VALUES (1), (1)',
    ],
  },
  {
    title: 'a database with defaults of its own',
    databaseOptions: 'CHARACTER SET latin1 COLLATE latin1_spanish_ci',
    statements: ['CREATE TABLE t (a VARCHAR(10))'],
  },
];
