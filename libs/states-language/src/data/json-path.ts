import { JSONPath } from 'jsonpath-plus';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { StatesError } from '../states-error.ts';

/** What paths can point into: the state's input by `$`, the context object by `$$`. */
export interface PathRoots {
  input: Json;
  context: JsonObject;
}

const STEP = /\.([^.[\]()*?@, ]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/** The steps of a path that can only match one place, or undefined for one with wildcards, filters or slices. */
function definiteSteps(path: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (!match) return undefined;
    const [, name, index, singleQuoted, doubleQuoted] = match;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(name ?? (singleQuoted ?? doubleQuoted ?? '').replace(/\\(.)/g, '$1'));
  }
  return steps;
}

function stepInto(value: Json | undefined, step: string | number): Json | undefined {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** What the path points to, or undefined: for one that can match several places, always an array. */
export function findByPath(path: string, { input, context }: PathRoots): Json | undefined {
  const [root, expression] = path.startsWith('$$') ? [context, path.slice(1)] : [input, path];
  const steps = definiteSteps(expression);
  if (steps) return steps.reduce<Json | undefined>(stepInto, root);
  return JSONPath<Json[]>({ path: expression, json: root as object, wrap: true });
}

/** What the path points to; `States.Runtime` when there is nothing, `field` being where the path was written. */
export function requireByPath(path: string, roots: PathRoots, field?: string): Json {
  const found = findByPath(path, roots);
  if (found !== undefined) return found;
  const where = field === undefined ? '' : ` specified for the field '${field}'`;
  const text = JSON.stringify(path.startsWith('$$') ? roots.context : roots.input);
  throw new StatesError('States.Runtime', `The JSONPath '${path}'${where} could not be found in the input '${text}'`);
}

/** A copy of the input with the value put where a `ResultPath` points. */
export function putAtPath(path: string, input: Json, value: Json): Json {
  const steps = definiteSteps(path);
  if (!steps) throw new StatesError('States.Runtime', `The reference path '${path}' can match more than one place`);
  return putAtSteps(steps, input, value, path);
}

function putAtSteps(steps: (string | number)[], target: Json | undefined, value: Json, path: string): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof step === 'number' && Array.isArray(target) && step < target.length) {
    return target.with(step, putAtSteps(rest, target[step], value, path));
  }
  if (typeof step === 'string' && (target === undefined || isObject(target))) {
    return { ...target, [step]: putAtSteps(rest, stepInto(target, step), value, path) };
  }
  const cause = `Unable to apply ReferencePath ${path} to input ${JSON.stringify(target)}`;
  throw new StatesError('States.ResultPathMatchFailure', cause);
}
