import { sqlStatements } from './sql-statements.ts';

const BLOCK = `CREATE USER 'a'@'%' IDENTIFIED BY '...' REQUIRE SSL;
GRANT SHOW_ROUTINE ON *.* TO 'a'@'%';   -- MySQL 8.0.20 and later
GRANT SELECT ON mysql.proc TO 'a'@'%';      -- MariaDB instead
-- To make accounts, also:
GRANT SELECT ON shop.* TO 'a'@'%';
`;

describe('the statements of a SQL block', () => {
  it('are those for the server, each with a password for the three dots', () => {
    expect(sqlStatements(BLOCK, 'mysql').slice(0, 2)).toEqual([
      `CREATE USER 'a'@'%' IDENTIFIED BY 'Of-the-reader-1' REQUIRE SSL`,
      `GRANT SHOW_ROUTINE ON *.* TO 'a'@'%'`,
    ]);
  });

  it('leave out the lines for the other maker, and comments', () => {
    const block = 'SELECT 1;\nSELECT 2; -- MySQL\nSELECT 3; -- MariaDB instead\n-- a remark\nSELECT 4;\n';

    expect(sqlStatements(block, 'mysql')).toEqual(['SELECT 1', 'SELECT 2', 'SELECT 4']);
    expect(sqlStatements(block, 'mariadb')).toEqual(['SELECT 1', 'SELECT 3', 'SELECT 4']);
  });
});
