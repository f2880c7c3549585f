import type { ErrorObject } from 'ajv';

const list = (values: readonly unknown[]): string => JSON.stringify(values.map(String).sort());

/** The kind of a value as JSON Schema calls it. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

type Describe = (error: ErrorObject, together: readonly ErrorObject[]) => string;

const limit = ({ params }: ErrorObject): string => String((params as { limit: number }).limit);
const size = ({ data }: ErrorObject): number =>
  typeof data === 'string' ? Array.from(data).length : Object.keys(data as object).length;

/** The words of the validator that API Gateway uses, by keyword. */
const DESCRIBE: Readonly<Record<string, Describe>> = {
  required: (_error, all) =>
    `object has missing required properties (${list(all.map(({ params }) => (params as { missingProperty: string }).missingProperty))})`,
  additionalProperties: (_error, all) =>
    `object instance has properties which are not allowed by the schema: ${list(all.map(({ params }) => (params as { additionalProperty: string }).additionalProperty))}`,
  type: ({ data, schema }) =>
    `instance type (${kindOf(data)}) does not match any allowed primitive type (allowed: ${list(allowedTypes(schema))})`,
  enum: ({ data, schema }) =>
    `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${JSON.stringify(schema)})`,
  pattern: ({ data, schema }) => `ECMA 262 regex "${String(schema)}" does not match input string "${String(data)}"`,
  minLength: (error) =>
    `string "${String(error.data)}" is too short (length: ${size(error)}, required minimum: ${limit(error)})`,
  maxLength: (error) =>
    `string "${String(error.data)}" is too long (length: ${size(error)}, maximum allowed: ${limit(error)})`,
  minimum: (error) => belowOrAbove(error, 'lower', 'minimum'),
  maximum: (error) => belowOrAbove(error, 'greater', 'maximum'),
  minItems: (error) =>
    `array is too short: must have at least ${limit(error)} elements but instance has ${size(error)} elements`,
  maxItems: (error) =>
    `array is too long: must have at most ${limit(error)} elements but instance has ${size(error)} elements`,
  uniqueItems: () => 'array must not contain duplicate elements',
  minProperties: (error) =>
    `object has too few properties (found ${size(error)} but schema requires at least ${limit(error)})`,
  maxProperties: (error) =>
    `object has too many properties (found ${size(error)} but schema requires at most ${limit(error)})`,
  multipleOf: ({ data, schema }) => `remainder of division is not zero (${String(data)} / ${String(schema)})`,
};

/** The number kinds of a schema: an integer is allowed wherever a number is. */
function allowedTypes(schema: unknown): unknown[] {
  const types: unknown[] = Array.isArray(schema) ? schema : [schema];
  return types.includes('number') ? ['integer', ...types.filter((type) => type !== 'integer')] : types;
}

function belowOrAbove(
  { data, params, parentSchema }: ErrorObject,
  than: 'lower' | 'greater',
  bound: 'minimum' | 'maximum',
): string {
  const { limit: value } = params as { limit: number };
  const exclusive = parentSchema?.[than === 'lower' ? 'exclusiveMinimum' : 'exclusiveMaximum'] === true;
  if (exclusive) {
    const strictly = than === 'lower' ? 'greater' : 'lower';
    return `numeric instance is not strictly ${strictly} than the required ${bound} ${value}`;
  }
  return `numeric instance is ${than} than the required ${bound} (${bound}: ${value}, found: ${String(data)})`;
}

/**
 * What API Gateway writes into `$context.error.validationErrorString`. Errors of one keyword at one place are one
 * message, and what is inside an object or array that is itself wrong is not looked at.
 */
export function validationErrorString(errors: readonly ErrorObject[]): string {
  const outermost = errors.filter(
    (error) => !errors.some(({ instancePath }) => error.instancePath.startsWith(`${instancePath}/`)),
  );
  const groups = Map.groupBy(outermost, ({ instancePath, schemaPath }) => `${instancePath} ${schemaPath}`);
  const messages = [...groups.values()].map((group) => describe(group));
  return `[${messages.join(', ')}]`;
}

function describe(group: readonly ErrorObject[]): string {
  const [first] = group;
  if (!first) return '';
  const words = DESCRIBE[first.keyword];
  if (!words) throw new Error(`The words of API Gateway for the keyword ${first.keyword} are not known here.`);
  return words(first, group);
}

/** Keywords whose errors have words here. */
export const REPORTED_KEYWORDS: readonly string[] = Object.keys(DESCRIBE);
