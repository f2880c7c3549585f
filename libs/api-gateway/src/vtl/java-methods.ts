import { isJavaDouble } from './java-double.ts';
import { javaText, type JavaMap, type JavaValue } from './java-json.ts';

/** Thrown when a template calls a method that the value does not have, or that is not offered here. */
class TemplateMethodError extends Error {
  constructor(value: JavaValue, method: string) {
    const kind = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : `a ${typeof value}`;
    super(`The template calls .${method}() on ${kind}, which is not offered here.`);
  }
}

type Methods<Subject> = Readonly<Record<string, (subject: Subject, ...args: JavaValue[]) => JavaValue>>;

const text = (value: JavaValue): string => javaText(value);

/** Java's regular expressions are read as JavaScript's; those that only one of the two knows do not compile. */
const pattern = (source: JavaValue, flags = ''): RegExp => new RegExp(text(source), `${flags}u`);

/** In a replacement of Java `\x` stands for x and `$1` for a group; `$&` and the like mean nothing special. */
function replacement(template: string): (...match: string[]) => string {
  return (...match) =>
    template.replace(
      /\\([^])|\$(\d)/g,
      (_piece, literal: string | undefined, group: string | undefined) => literal ?? match[Number(group)] ?? '',
    );
}

const STRING: Methods<string> = {
  charAt: (subject, index) => subject.charAt(Number(index)),
  concat: (subject, more) => subject + text(more),
  contains: (subject, part) => subject.includes(text(part)),
  endsWith: (subject, part) => subject.endsWith(text(part)),
  equals: (subject, other) => subject === other,
  equalsIgnoreCase: (subject, other) => subject.toLowerCase() === text(other).toLowerCase(),
  indexOf: (subject, part) => subject.indexOf(text(part)),
  isEmpty: (subject) => subject === '',
  lastIndexOf: (subject, part) => subject.lastIndexOf(text(part)),
  length: (subject) => subject.length,
  matches: (subject, regex) => new RegExp(`^(?:${text(regex)})$`, 'u').test(subject),
  replace: (subject, part, by) => subject.replaceAll(text(part), () => text(by)),
  replaceAll: (subject, regex, by) => subject.replaceAll(pattern(regex, 'g'), replacement(text(by))),
  replaceFirst: (subject, regex, by) => subject.replace(pattern(regex), replacement(text(by))),
  split: (subject, regex) => withoutTrailingEmpty(subject.split(pattern(regex))),
  startsWith: (subject, part) => subject.startsWith(text(part)),
  substring: (subject, start, end) => subject.slice(Number(start), end === undefined ? undefined : Number(end)),
  toLowerCase: (subject) => subject.toLowerCase(),
  toString: (subject: string) => subject,
  toUpperCase: (subject) => subject.toUpperCase(),
  trim: (subject) => subject.trim(),
};

function withoutTrailingEmpty(pieces: string[]): string[] {
  return pieces.slice(0, pieces.findLastIndex((piece) => piece !== '') + 1);
}

const LIST: Methods<JavaValue[]> = {
  add: (subject, item) => subject.push(item) > 0,
  contains: (subject, item) => subject.includes(item),
  get: (subject, index) => subject[Number(index)],
  isEmpty: (subject) => subject.length === 0,
  size: (subject) => subject.length,
  toString: (subject: JavaValue[]) => javaText(subject),
};

const own = (map: JavaMap, key: JavaValue): JavaValue => (Object.hasOwn(map, text(key)) ? map[text(key)] : undefined);

const MAP: Methods<JavaMap> = {
  containsKey: (subject, key) => Object.hasOwn(subject, text(key)),
  entrySet: (subject) => Object.entries(subject).map(([key, value]) => ({ key, value })),
  get: own,
  getKey: (subject) => own(subject, 'key'),
  getValue: (subject) => own(subject, 'value'),
  isEmpty: (subject) => Object.keys(subject).length === 0,
  keySet: (subject) => Object.keys(subject),
  put(subject, key, value) {
    const before = own(subject, key);
    subject[text(key)] = value;
    return before;
  },
  size: (subject) => Object.keys(subject).length,
  toString: (subject: JavaMap) => javaText(subject),
  values: (subject) => Object.values(subject),
};

const SCALAR: Methods<JavaValue> = {
  equals: (subject, other) => subject === other,
  intValue: (subject) => Math.trunc(Number(subject)),
  longValue: (subject) => Math.trunc(Number(subject)),
  toString: (subject: JavaValue) => javaText(subject),
};

/** Calls a method on a value as Velocity would on Java's. Only methods listed here are offered. */
export function callJavaMethod(subject: JavaValue, method: string, args: JavaValue[]): JavaValue {
  const call = <Subject extends JavaValue>(methods: Methods<Subject>, on: Subject): JavaValue => {
    const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!run) throw new TemplateMethodError(subject, method);
    return run(on, ...args);
  };
  if (typeof subject === 'string') return call(STRING, subject);
  if (Array.isArray(subject)) return call(LIST, subject);
  if (typeof subject === 'object' && subject !== null && !isJavaDouble(subject)) return call(MAP, subject);
  return call(SCALAR, subject);
}
