import { javaText, type JavaValue } from './vtl/java-json.ts';

/** Where mapped values come from: `context` of `context.requestId`, `integration.response.header` and so on. */
export type MappingSources = Readonly<Record<string, (name: string) => JavaValue>>;

const STATIC = /^'([^]*)'$/;

/** The places a mapping may name; a static text in quotes needs none. */
function sourceOf(expression: string, prefixes: readonly string[]): string | undefined {
  return prefixes.find((prefix) => expression.startsWith(`${prefix}.`));
}

/** What is wrong about a mapping expression, or undefined. */
export function mappingProblem(expression: string, prefixes: readonly string[]): string | undefined {
  if (STATIC.test(expression) || sourceOf(expression, prefixes) !== undefined) return undefined;
  return `${expression} is none of '...', ${prefixes.join(', ')}`;
}

/** The value of a mapping expression, or undefined when its source has none. */
export function mapped(expression: string, sources: MappingSources): string | undefined {
  const fixed = STATIC.exec(expression)?.[1];
  if (fixed !== undefined) return fixed;
  const prefix = sourceOf(expression, Object.keys(sources)) ?? '';
  const value = sources[prefix]?.(expression.slice(prefix.length + 1));
  return value === undefined || value === null ? undefined : javaText(value);
}

/** Looks up `identity.sourceIp` in `$context`. */
export function atDots(root: JavaValue, path: string): JavaValue {
  return path.split('.').reduce<JavaValue>((value, name) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    return (value as Record<string, JavaValue>)[name];
  }, root);
}
