import type { ObjectKind } from '../backup/describe-statement.ts';
import type { RestorePlan } from '../backup/restore-plan.ts';

/** To make the marker, load rows, read them again, and start clean. */
const ALWAYS = ['CREATE', 'INSERT', 'SELECT', 'DELETE', 'DROP', 'ALTER'];

const OF_KIND: Partial<Record<ObjectKind, readonly string[]>> = {
  VIEW: ['CREATE VIEW', 'SHOW VIEW'],
  TRIGGER: ['TRIGGER'],
  EVENT: ['EVENT'],
  FUNCTION: ['CREATE ROUTINE', 'ALTER ROUTINE'],
  PROCEDURE: ['CREATE ROUTINE', 'ALTER ROUTINE'],
  PACKAGE: ['CREATE ROUTINE', 'ALTER ROUTINE'],
  'PACKAGE BODY': ['CREATE ROUTINE', 'ALTER ROUTINE'],
  LIBRARY: ['CREATE ROUTINE', 'ALTER ROUTINE'],
};

const FOREIGN_KEY = /\bFOREIGN KEY \(/;

/** The rights on the target that this restore needs, as SQL names them. */
export function neededRights({ tables, programs, isWhole }: RestorePlan, isOverwrite: boolean): string[] {
  const hasForeignKeys = tables.some(({ definition }) => FOREIGN_KEY.test(definition.create.toString('latin1')));
  return [
    ...new Set([
      ...ALWAYS,
      'INDEX',
      ...(hasForeignKeys ? ['REFERENCES'] : []),
      ...programs.flatMap(({ created }) => OF_KIND[created.kind] ?? []),
      // What is overwritten may hold anything; what is said to be empty may hold what the account cannot see.
      ...(isOverwrite || isWhole ? ['ALTER ROUTINE', 'EVENT'] : []),
    ]),
  ];
}
