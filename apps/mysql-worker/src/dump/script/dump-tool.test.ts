import { assertDumpToolFits } from './dump-tool.ts';

const MARIADB_DUMP = 'MariaDB dump 10.19  Distrib 10.11.19-MariaDB';
const MYSQL_DUMP = 'MySQL dump 10.13  Distrib 9.7.4';

const server = (version: string, hasGeneratedColumns: boolean) => ({
  version,
  characterSet: 'utf8mb4',
  collation: 'utf8mb4_bin',
  dataBytes: 1,
  hasGeneratedColumns,
});

describe('a dump of generated columns', () => {
  it("of MySQL, made by MariaDB's tool, is refused: MySQL could not restore it", () => {
    const dump = (): void => assertDumpToolFits(MARIADB_DUMP, server('9.7.4', true));
    expect(dump).toThrow(/Put the mysqldump of MySQL into the image/);
  });

  it('of MySQL is refused with what else only MySQL has', () => {
    const dump = (): void => assertDumpToolFits(MARIADB_DUMP, server('9.7.4', false), ['VECTOR columns', 'libraries']);
    expect(dump).toThrow(/has VECTOR columns and libraries/);
  });

  it.each([
    ['the tool is not known yet', undefined, server('9.7.4', true)],
    ["MySQL's own tool made it", MYSQL_DUMP, server('8.4.0', true)],
    ['the server is MariaDB', MARIADB_DUMP, server('10.11.19-MariaDB-0+deb12u1', true)],
    ['there is none after all', MARIADB_DUMP, server('9.7.4', false)],
  ])('goes on when %s', (_, tool, description) => {
    expect(() => assertDumpToolFits(tool, description)).not.toThrow();
  });
});
