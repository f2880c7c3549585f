import { quoteIdentifier } from '@serverless-ops/mysql-connect';
import type { Connection } from 'mysql2/promise';
import type { ObjectKind } from '../backup/describe-statement.ts';
import type { TargetObject } from './target-contents.ts';

/** What acts goes first, then what reads, then what is read. A package takes its body along. */
const ORDER: readonly ObjectKind[] = [
  ...(['EVENT', 'VIEW', 'TABLE', 'SEQUENCE'] as const),
  ...(['PROCEDURE', 'FUNCTION', 'PACKAGE', 'LIBRARY'] as const),
];

/** MariaDB before 11 knows packages in this mode alone. Nothing that the session does afterwards depends on the mode. */
const PACKAGE_MODE = "SET sql_mode = 'ORACLE'";

/** Tables in one DROP: each by itself would take a turn to the server. */
const TOGETHER = 100;

/** Removes objects of the session's database, whatever refers to them. */
export async function dropObjects(session: Connection, objects: readonly TargetObject[]): Promise<void> {
  await session.query('SET foreign_key_checks = 0');
  for (const kind of ORDER) {
    const names = objects.filter((object) => object.kind === kind).map(({ name }) => quoteIdentifier(name));
    if (names.length > 0 && kind === 'PACKAGE') await session.query(PACKAGE_MODE);
    const size = kind === 'TABLE' || kind === 'VIEW' ? TOGETHER : 1;
    for (let at = 0; at < names.length; at += size)
      await session.query(`DROP ${kind} IF EXISTS ${names.slice(at, at + size).join(', ')}`);
  }
}
