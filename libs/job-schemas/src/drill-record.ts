import * as z from 'zod';

const count = z.int().nonnegative();

/** What a drill tells of a backup that came back. */
export const drillResultSchema = z.strictObject({
  recovery_ms: count.meta({
    description: 'From the first byte that was read to the end of the comparison: what a restore takes',
  }),
  rows: count,
  tables: count,
  compared_tables: count.meta({ description: 'Tables whose rows were read again: every one that holds rows' }),
  warning_count: count,
});

/** `drill.json` beside the manifest of a backup: how its last drill ended. */
export const drillRecordSchema = z.strictObject({
  drill_version: z.literal(1),
  backup_id: z.string(),
  job_id: z.string(),
  passed: z.boolean(),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  result: drillResultSchema.optional().meta({ description: 'Absent where the backup did not come back' }),
  error: z
    .strictObject({ code: z.string(), cause: z.string() })
    .optional()
    .meta({ description: 'Why the backup did not come back' }),
});

export type DrillRecord = z.output<typeof drillRecordSchema>;

export type DrillResult = z.output<typeof drillResultSchema>;
