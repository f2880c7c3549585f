import * as z from 'zod';
import { textSchema } from './text-schema.ts';

/** A table's name on both servers. (MySQL manual, "Identifier Length Limits") */
const MAX_NAME_CHARACTERS = 64;

/** So that an order, with every name as long as JSON can make it, fits several times into a state of Step Functions. */
const MAX_LISTED_TABLES = 50;

export const tableNames = z.array(textSchema(MAX_NAME_CHARACTERS).min(1)).max(MAX_LISTED_TABLES).default([]);

/** Options that a backup and a restore have in common. */
export const dumpOptionsShape = {
  parallelism: z
    .int()
    .min(1)
    .max(16)
    .default(2)
    .meta({ description: 'Connections that read or load rows at once. Each that reads uses a core of the task' }),
  include_tables: tableNames.meta({
    description: 'Names of the tables to dump or to restore, without patterns. All must exist. Empty: all',
  }),
  definer: z.enum(['keep', 'strip']).default('keep').meta({
    description:
      'Owners (DEFINER) of views, routines, triggers and events. strip: they will belong to the account that restores',
  }),
};
