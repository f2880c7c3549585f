import { DATABASE_TLS_SETTINGS, type DatabaseTlsSetting } from '@serverless-ops/names';
import * as z from 'zod';

const schema = z.object({ DATABASE_TLS: z.enum(DATABASE_TLS_SETTINGS), KEY_ID: z.string().min(1) });

/** The settings that the function gets from its environment. */
export interface ChangeConfig {
  readonly databaseTls: DatabaseTlsSetting;
  /** The KMS key that passwords are encrypted with in Parameter Store. */
  readonly keyId: string;
}

/** The environment, checked. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): ChangeConfig {
  const { DATABASE_TLS: databaseTls, KEY_ID: keyId } = schema.parse(env);
  return { databaseTls, keyId };
}
