import { isPlaceholder, referredSecret } from '@serverless-ops/parameter-rules';
import { z } from 'zod';
import type { GroupParameter } from './parameter-group.ts';

/** Standard tier: longer ones are paid for by the month. */
const MAX_VALUE_BYTES = 4096;

/** Of an account, in MySQL. */
const MAX_PASSWORD_LENGTH = 256;

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(65_535));

/** What is wrong with a value for a parameter, without telling it; undefined when nothing is. */
export function describeValueProblem(parameter: GroupParameter, value: string): string | undefined {
  if (value === '') return 'is empty';
  if (isPlaceholder(value)) return 'is a placeholder, which jobs refuse';
  const bytes = Buffer.byteLength(value);
  if (bytes > MAX_VALUE_BYTES) return `has ${bytes} bytes: Parameter Store takes ${MAX_VALUE_BYTES}`;
  if (/\{\{.*\}\}/s.test(value)) return 'holds "{{...}}", which Parameter Store does not take';
  // A GRANT statement may have lines.
  if (parameter.name !== 'grant' && /\p{Cc}/u.test(value)) return 'holds a line break or another control character';
  if (!value.isWellFormed()) return 'is no valid Unicode text';
  return describeReferenceProblem(parameter, value) ?? describeMeaningProblem(parameter.name, value);
}

function describeReferenceProblem({ mayRefer }: GroupParameter, value: string): string | undefined {
  const secret = referredSecret(value);
  if (secret === undefined) return undefined;
  if (!mayRefer) return 'refers to Secrets Manager, where a password change does not look';
  return secret === '' ? 'refers to a secret of Secrets Manager without naming it' : undefined;
}

/** What only this parameter does not take. */
export function describeMeaningProblem(name: string, value: string): string | undefined {
  if (referredSecret(value) !== undefined) return undefined;
  if (name === 'db_port' && !portSchema.safeParse(value).success) return 'is no port: a number from 1 to 65535';
  if (name === 'password' && value.length > MAX_PASSWORD_LENGTH) {
    return `is longer than ${MAX_PASSWORD_LENGTH} characters, which no server takes`;
  }
  return undefined;
}
