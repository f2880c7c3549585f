import { isJavaDouble, javaDouble, javaDoubleText, type JavaDouble } from './java-double.ts';

/** A value in a template: what JSON gives, numbers kept apart as Java does. */
export type JavaValue = null | undefined | boolean | number | bigint | string | JavaDouble | JavaValue[] | JavaMap;
export interface JavaMap {
  [key: string]: JavaValue;
}

type Reviver = (key: string, value: JavaValue, context: { source?: string }) => JavaValue;
/** `JSON.parse` gives a reviver the text of a number, which its types do not say yet. */
const parse = JSON.parse as (text: string, reviver: Reviver) => JavaValue;

/** Reads JSON; numbers with a point or an exponent become doubles, large whole ones stay exact. */
export function parseJavaJson(text: string): JavaValue {
  return parse(text, (_key, value, { source = '' }) => {
    if (typeof value !== 'number') return value;
    if (/[.eE]/.test(source)) return javaDouble(value);
    return Number.isSafeInteger(value) ? value : BigInt(source);
  });
}

/** Writes JSON, doubles as Java writes them. */
export function javaJson(value: JavaValue): string {
  if (isJavaDouble(value) || typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(javaJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${javaJson(member)}`);
  return `{${members.join(',')}}`;
}

/** The body of an AWS answer: its timestamps are doubles, even on a full second. */
export function awsAnswerJson(answer: JavaValue): string {
  return javaJson(withDoubleTimestamps(answer));
}

const TIMESTAMP_KEY = /(?:Date|At|timestamp)$/;

function withDoubleTimestamps(value: JavaValue): JavaValue {
  if (Array.isArray(value)) return value.map(withDoubleTimestamps);
  if (typeof value !== 'object' || value === null || isJavaDouble(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) =>
      typeof member === 'number' && (TIMESTAMP_KEY.test(key) || !Number.isInteger(member))
        ? [key, javaDouble(member)]
        : [key, withDoubleTimestamps(member)],
    ),
  );
}

/** What a reference to a value prints: Java's `toString`, which for maps and lists is no JSON. */
export function javaText(value: JavaValue): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (typeof value === 'number' && !Number.isInteger(value)) return javaDoubleText(value);
  if (typeof value !== 'object' || value === null || isJavaDouble(value)) return String(value ?? 'null');
  return `{${Object.entries(value)
    .map(([key, member]) => `${key}=${javaText(member)}`)
    .join(', ')}}`;
}
