import type { DatabaseParameter } from '@serverless-ops/names';
import * as z from 'zod';

/** The fields of a secret that RDS manages, or that Secrets Manager rotates for RDS. */
const FIELD_OF_JSON_SECRET: Partial<Record<DatabaseParameter, string>> = { db_user: 'username', db_pass: 'password' };

const jsonObject = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.unknown()));

/** A parameter's value in a secret: its field when the secret is a JSON object, else the secret as it is. */
export function valueInSecret(name: DatabaseParameter, secret: string): string | undefined {
  const fields = jsonObject.safeParse(secret);
  if (!fields.success) return secret;
  const value = fields.data[FIELD_OF_JSON_SECRET[name] ?? name];
  return typeof value === 'string' ? value : undefined;
}
