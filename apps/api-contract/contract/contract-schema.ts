import { z } from 'zod';

/** A schema object of OpenAPI 3.0, in the part that API Gateway's models (JSON Schema draft 4) also understand. */
export interface ContractSchema {
  readonly type?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ContractSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly [keyword: string]: unknown;
}

/**
 * A zod schema as it stands in the document.
 *
 * OpenAPI 3.0 knows one `example`, not `examples`; the pattern zod writes beside `format: date-time` and the limits of
 * a JavaScript integer say nothing to a caller.
 */
export function contractSchema(schema: z.ZodType): ContractSchema {
  return z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.examples !== undefined) jsonSchema['example'] = jsonSchema.examples[0];
      delete jsonSchema.examples;
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  }) as ContractSchema;
}
