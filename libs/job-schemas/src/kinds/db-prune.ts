import * as z from 'zod';
import { databaseReferenceShape } from '../database-reference.ts';
import { defineJobKind, STANDARD_TASK_SIZE } from '../job-kind.ts';
import { textSchema } from '../text-schema.ts';

/** More than anybody keeps, and few enough to be told from a mistake such as a year. */
const MAX_PERIODS = 1000;

/** Longer than every name of the IANA time zone database. */
const MAX_TIME_ZONE_CHARACTERS = 64;

/** What the result lists; the log has all of it. */
const MAX_LISTED = 50;
const MAX_LISTED_CHARACTERS = 200;
const MAX_NOTES = 10;
const MAX_NOTE_CHARACTERS = 400;

const periods = (what: string): z.ZodOptional<z.ZodInt> =>
  z
    .int()
    .min(1)
    .max(MAX_PERIODS)
    .optional()
    .meta({ description: `Of each of so many of the last ${what} that have a backup, the newest is kept` });

const listed = z.array(z.string().max(MAX_LISTED_CHARACTERS)).max(MAX_LISTED);

/**
 * `db_prune` deletes backups of one database that a daily, weekly and monthly rule gives up. It deletes nothing unless it
 * is told `dry_run: false`: a deletion cannot be taken back.
 */
export const dbPrune = defineJobKind({
  name: 'db_prune',
  runsIn: 'worker',
  purpose: 'prune',
  defaultSize: STANDARD_TASK_SIZE,
  retryable: true,
  needsDatabase: true,
  options: z
    .strictObject({
      ...databaseReferenceShape,
      keep_daily: periods('days'),
      keep_weekly: periods('weeks, which begin on Monday,'),
      keep_monthly: periods('months'),
      time_zone: textSchema(MAX_TIME_ZONE_CHARACTERS, /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/)
        .default('UTC')
        .meta({
          description: 'Time zone whose days, weeks and months count, by its IANA name',
          examples: ['Europe/Berlin'],
        }),
      dry_run: z
        .boolean()
        .default(true)
        .meta({ description: 'Only tell what would be deleted. Give false to delete, which cannot be taken back' }),
    })
    .refine(({ keep_daily, keep_weekly, keep_monthly }) => (keep_daily ?? keep_weekly ?? keep_monthly) !== undefined, {
      message: 'give keep_daily, keep_weekly or keep_monthly: without any, nothing says what to keep',
    }),
  example: {
    db_name: 'classicmodels',
    db_env: 'demo',
    keep_daily: 7,
    keep_weekly: 4,
    keep_monthly: 12,
    time_zone: 'Europe/Berlin',
    dry_run: false,
  },
  // With `dry_run`, everything is as it will be without. The lists have the first of what the log has all of.
  result: z.strictObject({
    status: z.literal('job complete'),
    dry_run: z.boolean(),
    kept: z.int().nonnegative(),
    deleted: z.int().nonnegative(),
    deleted_objects: z.int().nonnegative(),
    deleted_bytes: z.int().nonnegative(),
    kept_backups: listed,
    deleted_backups: listed,
    versioning: z.enum(['off', 'enabled', 'suspended']),
    notes: z.array(z.string().max(MAX_NOTE_CHARACTERS)).max(MAX_NOTES),
    duration_ms: z.int().nonnegative(),
  }),
});

/** What a result lists of all backups: the first, each cut to its length. */
export function listedBackups(lines: readonly string[]): string[] {
  return cut(lines, MAX_LISTED, MAX_LISTED_CHARACTERS);
}

/** The same for its notes. */
export function listedNotes(notes: readonly string[]): string[] {
  return cut(notes, MAX_NOTES, MAX_NOTE_CHARACTERS);
}

function cut(lines: readonly string[], count: number, characters: number): string[] {
  return lines.slice(0, count).map((line) => line.slice(0, characters).toWellFormed());
}
