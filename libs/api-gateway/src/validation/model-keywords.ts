import { REPORTED_KEYWORDS } from './validation-messages.ts';

type Schema = Record<string, unknown>;

/**
 * Keywords that are checked, that only describe, or that belong to another one. Not among them are `example`,
 * `deprecated` and `exclusiveMinimum`: API Gateway does not support them (developer guide, "Important notes").
 */
const KNOWN_KEYWORDS = new Set([
  ...REPORTED_KEYWORDS,
  ...['$ref', 'properties', 'items', 'exclusiveMaximum', 'description', 'title', 'default', 'format'],
]);

/** What a request model has that API Gateway's validator would report in words that are not known here. */
export function modelProblems(schema: Schema, definitions: Readonly<Record<string, unknown>>, at: string): string[] {
  const seen = new Set<unknown>();

  function problems(part: unknown, place: string): string[] {
    if (typeof part !== 'object' || part === null || seen.has(part)) return [];
    seen.add(part);
    const { $ref: reference, properties = {}, items, additionalProperties } = part as Schema;
    const unknown = Object.keys(part).filter((keyword) => !KNOWN_KEYWORDS.has(keyword));
    const name = typeof reference === 'string' ? (reference.split('/').at(-1) ?? '') : undefined;
    return [
      ...unknown.map((keyword) => `${place}: the keyword ${keyword} is not offered here`),
      ...(name === undefined ? [] : problems(definitions[name], name)),
      ...Object.entries(properties as Schema).flatMap(([key, member]) => problems(member, `${place}.${key}`)),
      ...problems(items, `${place}[]`),
      ...problems(additionalProperties, `${place}.*`),
    ];
  }

  return problems(schema, at);
}
