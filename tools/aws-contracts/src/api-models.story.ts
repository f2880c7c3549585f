import { synthesizedApi, type ApiSchema } from './assembly/api-document.ts';

/**
 * The keywords of JSON Schema draft 4 that API Gateway takes in a model. It refuses the whole document with "Invalid model
 * schema specified. Unsupported keyword(s)" for any other. Its developer guide ("Important notes": OpenAPI) leaves out
 * `anyOf`, `oneOf`, `default` of draft 4, and `example`, `exclusiveMinimum`, `discriminator`, `readOnly` and `deprecated` of
 * OpenAPI.
 */
const SUPPORTED = new Set([
  ...['type', 'enum', 'format', 'description', '$ref'],
  ...['properties', 'required', 'additionalProperties', 'items', 'maxItems'],
  ...['pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
]);

function unsupportedIn(schema: ApiSchema, place: string): string[] {
  const { items } = schema as { items?: ApiSchema };
  return [
    ...Object.keys(schema)
      .filter((keyword) => !SUPPORTED.has(keyword))
      .map((keyword) => `${place}: ${keyword}`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => unsupportedIn(each, `${place}.${name}`)),
    ...(items ? unsupportedIn(items, `${place}[]`) : []),
  ];
}

it.each(Object.entries(synthesizedApi().components.schemas))('the model %s is one that is imported', (name, schema) => {
  expect(unsupportedIn(schema, name)).toEqual([]);
});

it('an example in a property would be found', () => {
  const schema = { properties: { a: { type: 'array', items: { type: 'string', example: 'b' } } } } as ApiSchema;
  expect(unsupportedIn(schema, 'M')).toEqual(['M.a[]: example']);
});
