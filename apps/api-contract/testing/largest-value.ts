import type { z } from 'zod';
import { contractSchema, type ContractSchema } from '../contract/contract-schema.ts';

/** Characters that grow: escaped in JSON, of several bytes in UTF-8, or written as two \uXXXX by API Gateway. */
const GROWING = ['😀', '\u0001', '界', '\\', 'a', '1'];

/**
 * The value of a schema that takes the most bytes once API Gateway has escaped it: every option there, every text and
 * list as long as allowed.
 *
 * @param given Properties whose bound no JSON Schema can say.
 */
export function largestValue(schema: z.ZodType, given: Readonly<Record<string, unknown>> = {}): unknown {
  const largest = largestOf(contractSchema(schema), given);
  // What goes only with something else left out: a change of a password that discards the old one.
  for (const [name] of Object.entries(largest as object)) {
    if (schema.safeParse(largest).success) break;
    const { [name]: _dropped, ...rest } = largest as Record<string, unknown>;
    if (schema.safeParse(rest).success) return rest;
  }
  return largest;
}

function largestOf(schema: ContractSchema, given: Readonly<Record<string, unknown>>): unknown {
  const { type, enum: values, properties = {}, pattern, maxLength, maxItems, maximum, items, examples } = schema;
  if (values) return [...values].sort((a, b) => String(b).length - String(a).length)[0];
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, given[name] ?? largestOf(property, {})]),
      );
    case 'array':
      return new Array<unknown>(bound(maxItems)).fill(largestOf(items as ContractSchema, {}));
    case 'string': {
      const allowed = new RegExp(typeof pattern === 'string' ? pattern : '');
      const character = GROWING.find((one) => allowed.test(one));
      // A text of one form only, such as an id.
      if (character === undefined && Array.isArray(examples)) return examples[0];
      return (character ?? '').repeat(bound(maxLength));
    }
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return typeof maximum === 'number' ? maximum : Number.MAX_SAFE_INTEGER;
    default:
      throw new Error(`No largest value is known for ${JSON.stringify(schema)}`);
  }
}

function bound(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new Error('A text or a list has no bound: whether it fits into Step Functions cannot be said.');
}
