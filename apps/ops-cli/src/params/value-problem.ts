import { isPlaceholder } from '@serverless-ops/parameter-lookup';
import { z } from 'zod';
import { referredSecret } from './secret-reference.ts';

/** Standard tier: longer ones are paid for by the month. */
const MAX_VALUE_BYTES = 4096;

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(65_535));

/** What is wrong with a value for a parameter, without telling it; undefined when nothing is. */
export function describeValueProblem(name: string, value: string): string | undefined {
  if (value === '') return 'is empty';
  if (isPlaceholder(value)) return 'is a placeholder, which jobs refuse';
  const bytes = Buffer.byteLength(value);
  if (bytes > MAX_VALUE_BYTES) return `has ${bytes} bytes: Parameter Store takes ${MAX_VALUE_BYTES}`;
  if (/\{\{.*\}\}/s.test(value)) return 'holds "{{...}}", which Parameter Store does not take';
  // A GRANT statement may have lines.
  if (name !== 'grant' && /\p{Cc}/u.test(value)) return 'holds a line break or another control character';
  if (referredSecret(value) === '') return 'refers to a secret of Secrets Manager without naming it';
  if (name === 'db_port' && referredSecret(value) === undefined) return describePortProblem(value);
  return undefined;
}

export function describePortProblem(value: string): string | undefined {
  return portSchema.safeParse(value).success ? undefined : 'is no port: a number from 1 to 65535';
}
