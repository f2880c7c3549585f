import { DATABASE_FLAVORS, mysqlAvailable, startMariadb, startMysql, zooCases } from '@serverless-ops/test-servers';
import { acrossMakers } from './across.ts';
import { MARIADB_DUMP, MYSQLDUMP } from './dump-programs.ts';
import { ENGINE } from './engine.ts';
import { MYDUMPER } from './mydumper.ts';
import { outcomeOf } from './outcome.ts';
import { markdownTable, outcomeTable, type CaseOutcomes } from './outcome-table.ts';

/** A part of the titles of cases, for a quick look at some. @default all */
const [, , wanted = ''] = process.argv;
let databases = 0;

for (const { start, isAvailable } of DATABASE_FLAVORS) {
  if (!isAvailable()) continue;
  await using server = await start();
  const tools = [ENGINE, MYSQLDUMP, MARIADB_DUMP, MYDUMPER].filter((tool) => tool.fits(server));
  const cases: CaseOutcomes[] = [];
  for (const zoo of zooCases(server.flavor).filter(({ title }) => title.includes(wanted))) {
    const outcomes = [];
    for (const tool of tools) {
      const outcome = await outcomeOf(server, tool, zoo, `zoo ${++databases}`);
      outcomes.push(outcome);
      if (outcome.kind !== 'exact') console.error(`${zoo.title}, ${tool.name}: ${outcome.kind}: ${outcome.detail}`);
    }
    cases.push({ title: zoo.title, outcomes });
  }
  const names = tools.map(({ name }) => name);
  console.log(`\n### ${server.flavor} ${server.version}\n\n${outcomeTable(names, cases)}`);
}

if (mysqlAvailable()) {
  await using mysql = await startMysql();
  await using mariadb = await startMariadb();
  const titles = new Set([...zooCases('mysql'), ...zooCases('mariadb')].map(({ title }) => title));
  const rows: string[][] = [];
  for (const title of [...titles].filter((each) => each.includes(wanted))) {
    const row = [title];
    for (const [from, to] of [
      [mysql, mariadb],
      [mariadb, mysql],
    ] as const) {
      const zoo = zooCases(from.flavor).find((each) => each.title === title);
      row.push(zoo === undefined ? '–' : await acrossMakers(from, to, zoo, `zoo ${++databases}`));
    }
    rows.push(row);
  }
  console.log(`\n### Across\n\n${markdownTable([['case', 'MySQL to MariaDB', 'MariaDB to MySQL'], ...rows])}`);
}
