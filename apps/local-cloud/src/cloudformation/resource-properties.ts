import type { z } from 'zod';
import type { JsonObject } from '../endpoint/service.ts';

/** Properties of a resource by a schema. Throws an error that names every property that is wrong. */
export function parseProperties<Schema extends z.ZodType>(schema: Schema, properties: JsonObject): z.output<Schema> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

/** CloudFormation takes numbers and booleans as text too, and CDK writes both. */
export const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && value !== '' ? Number(value) : value;
