import { isObject, type Json } from '../json.ts';
import { parseIntrinsicCall, type IntrinsicArgument } from './intrinsic-call.ts';
import { INTRINSIC_FUNCTIONS } from './intrinsic-functions.ts';
import { findByPath, requireByPath, type PathRoots } from './json-path.ts';
import { StatesError } from '../states-error.ts';

/** Fills a payload template: keys that end in `.$` take their value from a path or an intrinsic function. */
export function fillTemplate(template: Json, roots: PathRoots): Json {
  if (Array.isArray(template)) return template.map((item) => fillTemplate(item, roots));
  if (!isObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$') && typeof value === 'string'
        ? [key.slice(0, -2), evaluate(value, roots, key)]
        : [key, fillTemplate(value, roots)],
    ),
  );
}

/** The value of `$.path`, `$$.path` or `States.Function(...)`; `field` is named when there is none. */
export function evaluate(expression: string, roots: PathRoots, field?: string): Json {
  if (expression.startsWith('$')) return requireByPath(expression, roots, field);
  return callIntrinsic(parseIntrinsicCall(expression), roots);
}

function callIntrinsic(call: IntrinsicArgument & { kind: 'call' }, roots: PathRoots): Json {
  const run = INTRINSIC_FUNCTIONS[call.name];
  if (!run) throw new StatesError('States.Runtime', `There is no intrinsic function ${call.name}`);
  const values = call.arguments.map((argument) => valueOf(argument, roots));
  try {
    return run(values);
  } catch (error) {
    throw new StatesError('States.IntrinsicFailure', `${call.name}: ${(error as Error).message}`);
  }
}

function valueOf(argument: IntrinsicArgument, roots: PathRoots): Json {
  switch (argument.kind) {
    case 'literal':
      return argument.value;
    case 'call':
      return callIntrinsic(argument, roots);
    case 'path': {
      const found = findByPath(argument.path, roots);
      if (found !== undefined) return found;
      throw new StatesError('States.Runtime', `The JSONPath '${argument.path}' could not be found`);
    }
  }
}
