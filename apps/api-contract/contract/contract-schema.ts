import { z } from 'zod';

/** A schema object of OpenAPI 3.0, in the part that API Gateway's models (JSON Schema draft 4) also understand. */
export interface ContractSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ContractSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly [keyword: string]: unknown;
}

/**
 * A zod schema as the document has it.
 *
 * API Gateway refuses a whole document when a model has a keyword that it does not know: "Unable to create model ...
 * Unsupported keyword(s): ["example"]" (awslabs/aws-api-gateway-developer-portal#571). Its developer guide ("Important
 * notes") counts `example` and `exclusiveMinimum` among these. So an example and a default are told in the description,
 * and an exclusive bound of a whole number is the next number. The pattern zod writes beside `format: date-time` and the
 * limits of a JavaScript integer say nothing to a caller.
 */
export function contractSchema(schema: z.ZodType): ContractSchema {
  return z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: 'input',
    override: ({ jsonSchema }) => {
      describe(jsonSchema);
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.type === 'integer' && jsonSchema.exclusiveMinimum !== undefined) {
        jsonSchema.minimum = (jsonSchema.minimum ?? 0) + 1;
        delete jsonSchema.exclusiveMinimum;
      }
    },
  }) as ContractSchema;
}

/** Puts the first example and the default of a schema into its description, as JSON. */
function describe(schema: z.core.JSONSchema.BaseSchema): void {
  const { examples: [example] = [], default: byDefault } = schema;
  const notes = [
    ...(example === undefined ? [] : [`for example ${JSON.stringify(example)}`]),
    ...(byDefault === undefined ? [] : [`default: ${JSON.stringify(byDefault)}`]),
  ];
  if (notes.length > 0) schema.description = [schema.description, ...notes].filter((part) => part).join('; ');
  delete schema.examples;
  delete schema.default;
}
