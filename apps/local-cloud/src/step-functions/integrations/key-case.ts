import { isObject } from '@serverless-ops/states-language';
import type { Json } from '../../endpoint/service.ts';

/** Step Functions writes every key with a capital letter; APIs with small first letters get theirs back. */
export const withSmallKeys = (value: Json): Json => mapKeys(value, (key) => key.charAt(0).toLowerCase() + key.slice(1));

/** @see {@link withSmallKeys} */
export const withCapitalKeys = (value: Json): Json =>
  mapKeys(value, (key) => key.charAt(0).toUpperCase() + key.slice(1));

function mapKeys(value: Json, rename: (key: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => mapKeys(item, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), mapKeys(item, rename)]));
}

const TIMESTAMP_KEY = /(?:Date|Time|At|Timestamp)$/;

/** Timestamps are seconds on the wire and ISO texts in what a state gets. */
export function withIsoTimestamps(value: Json): Json {
  if (Array.isArray(value)) return value.map(withIsoTimestamps);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      typeof item === 'number' && TIMESTAMP_KEY.test(key)
        ? [key, new Date(item * 1000).toISOString()]
        : [key, withIsoTimestamps(item)],
    ),
  );
}
