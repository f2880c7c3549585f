import { isJavaDouble } from './java-double.ts';
import { javaText, type JavaValue } from './java-json.ts';

/** Velocity holds everything for true but null and false, an empty text and 0 too. */
export const isTrue = (value: JavaValue): boolean => value !== undefined && value !== null && value !== false;

const isNumber = (value: JavaValue): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || isJavaDouble(value);

/** Numbers by value, all else by its text, so that true is equal to `'true'`. */
function areEqual(left: JavaValue, right: JavaValue): boolean {
  const nothing = [left, right].filter((value) => value === undefined || value === null).length;
  if (nothing > 0) return nothing === 2;
  return isNumber(left) && isNumber(right) ? Number(left) === Number(right) : javaText(left) === javaText(right);
}

/** What is not a number is neither more nor less than anything. */
const compares = (holds: (left: number, right: number) => boolean) => (left: JavaValue, right: JavaValue) =>
  isNumber(left) && isNumber(right) && holds(Number(left), Number(right));

/** Only whole numbers are calculated with: for others Java's types decide, which are not known here. */
const calculates = (result: (left: number, right: number) => number) => (left: JavaValue, right: JavaValue) => {
  if (Number.isInteger(left) && Number.isInteger(right)) return result(left as number, right as number);
  throw new Error('The template calculates with something else than whole numbers, which is not offered here.');
};

/** Operators that need both of their sides. */
export const OPERATORS: Readonly<Record<string, (left: JavaValue, right: JavaValue) => JavaValue>> = {
  '==': areEqual,
  '!=': (left, right) => !areEqual(left, right),
  '<': compares((left, right) => left < right),
  '>': compares((left, right) => left > right),
  '<=': compares((left, right) => left <= right),
  '>=': compares((left, right) => left >= right),
  '+': calculates((left, right) => left + right),
  '-': calculates((left, right) => left - right),
  '*': calculates((left, right) => left * right),
  '/': calculates((left, right) => Math.trunc(left / right)),
  '%': calculates((left, right) => left % right),
};
