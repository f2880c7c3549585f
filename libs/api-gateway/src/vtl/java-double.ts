/**
 * A number that Java holds as a double: templates print it as `Double.toString` does, which for the start time of an
 * execution is `1.795310689812E9`. It counts as a number in comparisons.
 */
export interface JavaDouble {
  readonly isJavaDouble: true;
  valueOf(): number;
  toString(): string;
}

const prototype = { isJavaDouble: true as const };

export function javaDouble(value: number): JavaDouble {
  return Object.create(prototype, {
    valueOf: { value: () => value },
    toString: { value: () => javaDoubleText(value) },
  }) as JavaDouble;
}

export function isJavaDouble(value: unknown): value is JavaDouble {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === prototype;
}

/** The text of Java's `Double.toString`: plain from 0.001 up to ten million, else with an exponent. */
export function javaDoubleText(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) return withPoint(Object.is(value, -0) ? '-0' : String(value));
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${withPoint(digits)}E${Number(exponent)}`;
}

const withPoint = (digits: string): string => (digits.includes('.') ? digits : `${digits}.0`);
