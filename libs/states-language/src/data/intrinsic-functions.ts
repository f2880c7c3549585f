import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from '../json.ts';

/** Thrown with what is wrong about the arguments of an intrinsic function. */
class IntrinsicArgumentError extends Error {}

function refuse(problem: string): never {
  throw new IntrinsicArgumentError(problem);
}

function text(value: Json | undefined, name: string): string {
  return typeof value === 'string' ? value : refuse(`${name} must be a string`);
}

function integer(value: Json | undefined, name: string): number {
  return Number.isInteger(value) ? (value as number) : refuse(`${name} must be an integer`);
}

function array(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : refuse('the first argument must be an array');
}

function object(value: Json | undefined, name: string): JsonObject {
  return isObject(value) ? value : refuse(`${name} must be an object`);
}

/** The template still has its escapes. */
function format(template: string, values: Json[]): string {
  let used = 0;
  const result = template.replace(/\\(['{}\\])|\{\}/g, (_match, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    const value = values[used++];
    if (value === undefined) return refuse('there are fewer arguments than {}');
    if (typeof value === 'object' && value !== null) return refuse('an argument is an object or array');
    return String(value);
  });
  return used === values.length ? result : refuse('there are more arguments than {}');
}

function range(first: number, last: number, step: number): number[] {
  if (step === 0) refuse('the step must not be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > 1000) refuse('the range must not have more than 1,000 elements');
  return Array.from({ length }, (_, index) => first + index * step);
}

function partition(list: Json[], size: number): Json[] {
  if (size < 1) refuse('the chunk size must be positive');
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
}

const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

function hash(data: Json | undefined, algorithm: string): string {
  const name = HASHES[algorithm] ?? refuse(`the algorithm must be one of ${Object.keys(HASHES).join(', ')}`);
  const bytes = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash(name).update(bytes).digest('hex');
}

function itemAt(list: Json[], index: number): Json {
  const item = list[index];
  return item === undefined ? refuse('the index is outside the array') : item;
}

function merge(first: JsonObject, second: JsonObject, deep: Json | undefined): JsonObject {
  if (deep !== false) refuse('only a shallow merge is offered: the third argument must be false');
  return { ...first, ...second };
}

function randomInteger(first: number, last: number, seed: Json | undefined): number {
  if (seed !== undefined) refuse('a seed gives other numbers here than on AWS, so it is not taken');
  return first + Math.floor(Math.random() * (last - first));
}

/** The functions of the States Language by name. */
export const INTRINSIC_FUNCTIONS: Readonly<Record<string, (args: Json[]) => Json>> = {
  'States.Format': ([template, ...values]) => format(text(template, 'the template'), values),
  'States.StringToJson': ([json]) => JSON.parse(text(json, 'the argument')) as Json,
  'States.JsonToString': ([value]) => JSON.stringify(value ?? null),
  'States.Array': (args) => args,
  'States.ArrayPartition': ([list, size]) => partition(array(list), integer(size, 'the chunk size')),
  'States.ArrayContains': ([list, value]) => array(list).some((item) => isDeepStrictEqual(item, value)),
  'States.ArrayRange': ([first, last, step]) =>
    range(integer(first, 'the start'), integer(last, 'the end'), integer(step, 'the step')),
  'States.ArrayGetItem': ([list, index]) => itemAt(array(list), integer(index, 'the index')),
  'States.ArrayLength': ([list]) => array(list).length,
  'States.ArrayUnique': ([list]) =>
    array(list).filter((item, n, all) => all.findIndex((other) => isDeepStrictEqual(item, other)) === n),
  'States.Base64Encode': ([value]) => Buffer.from(text(value, 'the argument')).toString('base64'),
  'States.Base64Decode': ([value]) => Buffer.from(text(value, 'the argument'), 'base64').toString(),
  'States.Hash': ([data, algorithm]) => hash(data, text(algorithm, 'the algorithm')),
  'States.JsonMerge': ([first, second, deep]) =>
    merge(object(first, 'the first argument'), object(second, 'the second argument'), deep),
  'States.MathRandom': ([first, last, seed]) =>
    randomInteger(integer(first, 'the start'), integer(last, 'the end'), seed),
  'States.MathAdd': ([first, second]) => integer(first, 'the first argument') + integer(second, 'the second argument'),
  'States.StringSplit': ([value, splitter]) => split(text(value, 'the string'), text(splitter, 'the splitter')),
  'States.UUID': () => randomUUID(),
};

/** Each character of the splitter splits, and empty pieces are left out. */
function split(value: string, splitter: string): string[] {
  const pieces: string[] = [''];
  for (const character of value) {
    if (splitter.includes(character)) pieces.push('');
    else pieces.push((pieces.pop() ?? '') + character);
  }
  return pieces.filter((piece) => piece !== '');
}
