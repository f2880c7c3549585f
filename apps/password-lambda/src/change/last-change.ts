import { passwordChangeResultSchema } from '@serverless-ops/job-schemas';
import * as z from 'zod';

/**
 * What `last_change` holds. `creating` is written before the first statement to the server. The next attempt at
 * a creation that broke off then knows that the account may have no rights yet.
 */
const lastChangeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('creating'), job_id: z.string(), at: z.string() }),
  z.object({ status: z.literal('done'), job_id: z.string(), at: z.string(), result: passwordChangeResultSchema }),
]);

export type LastChange = z.output<typeof lastChangeSchema>;

/** What a text says; nothing, when a person has written something else there. */
export function parseLastChange(text: string | undefined): LastChange | undefined {
  try {
    return lastChangeSchema.safeParse(JSON.parse(text ?? 'null')).data;
  } catch {
    return undefined;
  }
}
