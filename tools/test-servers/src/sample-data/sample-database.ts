import { escapeId } from 'mysql2';
import type { DatabaseServer } from '../databases/database-server.ts';
import { fillNumbers } from './numbers-table.ts';
import { SAMPLE_PROGRAMS } from './sample-programs.ts';
import { MOST_FIXED_ROWS, sampleRows } from './sample-rows.ts';
import { SAMPLE_TABLES } from './sample-tables.ts';

/** How the sample database should be made. */
export interface SampleDatabaseOptions {
  /** @default classicmodels */
  readonly name?: string;
  /**
   * About how many rows all tables together should have.
   * @default 300,000, made in some seconds
   */
  readonly rows?: number;
}

/**
 * Makes a database of a dealer in scale models, the same rows at every call: text in many scripts, binary, JSON,
 * decimals, dates, NULLs, generated columns, foreign keys, views, a trigger, routines and an event.
 */
export async function createSampleDatabase(
  server: DatabaseServer,
  { name = 'classicmodels', rows = 300_000 }: SampleDatabaseOptions = {},
): Promise<void> {
  await server.query(`CREATE DATABASE ${escapeId(name, true)} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  const connection = await server.connect(name);
  try {
    await connection.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES', foreign_key_checks = 0, unique_checks = 0");
    const statements = [
      ...SAMPLE_TABLES,
      ...fillNumbers(Math.max(rows, MOST_FIXED_ROWS)),
      ...sampleRows(rows),
      'DROP TABLE numbers',
    ];
    for (const statement of [...statements, ...SAMPLE_PROGRAMS]) await connection.query(statement);
  } finally {
    await connection.end();
  }
}
