import { parseIntrinsicCall, type IntrinsicArgument } from '../data/intrinsic-call.ts';
import { INTRINSIC_FUNCTIONS } from '../data/intrinsic-functions.ts';
import type { State, StatesMachine } from '../definition.ts';
import { isObject, type Json } from '../json.ts';
import { definitionProblems, type DefinitionRules } from './definition-problems.ts';
import { integrationProblems } from './integration-errors.ts';

export interface CheckRules extends DefinitionRules {
  /** Fields of the input that states may read. */
  readonly input: readonly string[];
  /** Errors that workers and functions report themselves. @default none */
  readonly reported?: readonly string[];
  /** Task states whose failure may end the execution under a name of AWS. @default none: each catches States.ALL */
  readonly mayFail?: readonly string[];
  /** Choice states whose choices are all there can be. @default none: each has a Default */
  readonly completeChoices?: readonly string[];
  /** Fields that states write and no state reads. @default none */
  readonly unread?: readonly string[];
}

/** What AWS takes in a definition and is a mistake all the same, beside everything that AWS refuses. */
export function checkDefinition(definition: object, rules: CheckRules): string[] {
  const refused = definitionProblems(definition, rules);
  if (refused.length > 0) return refused;
  const states = Object.entries((definition as StatesMachine).States);
  return states
    .flatMap(([name, state]) => [...stateProblems(name, state, rules), ...textProblems(name, state as unknown as Json)])
    .concat(fieldProblems(states, rules));
}

function stateProblems(name: string, state: State, rules: CheckRules): string[] {
  const { mayFail = [], completeChoices = [], reported = [] } = rules;
  if (state.Type === 'Choice') {
    const complete = state.Default !== undefined || completeChoices.includes(name);
    return complete ? [] : [`The Choice state ${name} has no Default`];
  }
  if (state.Type !== 'Task') return [];
  const catchesAll = state.Catch?.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL')) ?? false;
  const uncaught = catchesAll || mayFail.includes(name) ? [] : [`The Task state ${name} does not catch States.ALL`];
  return [...uncaught, ...integrationProblems(state, reported).map((problem) => `${problem}, in ${name}`)];
}

/** Paths and intrinsic functions that are not read as such, and functions that there are not. */
function textProblems(name: string, value: Json, key = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textProblems(name, item));
  if (isObject(value)) return Object.entries(value).flatMap(([field, member]) => textProblems(name, member, field));
  if (typeof value !== 'string') return [];
  if (key.endsWith('.$')) return value.startsWith('States.') ? callProblems(name, value) : [];
  const isPathField = /(?:Path|^Variable)$/.test(key);
  const looksLikePath = /^(?:\$\$?\.|States\.\w+\()/.test(value);
  return looksLikePath && !isPathField ? [`${key} of ${name} is a path, but its name does not end in .$`] : [];
}

function callProblems(name: string, text: string): string[] {
  const unknown = (call: IntrinsicArgument): string[] =>
    call.kind !== 'call'
      ? []
      : [...(Object.hasOwn(INTRINSIC_FUNCTIONS, call.name) ? [] : [call.name]), ...call.arguments.flatMap(unknown)];
  try {
    return unknown(parseIntrinsicCall(text)).map((called) => `${name} calls ${called}, which there is not`);
  } catch (error) {
    return [`${name}: ${(error as Error).message}`];
  }
}

/** A field that is read was written by some state or is in the input; one that is written is read. */
function fieldProblems(states: readonly (readonly [string, State])[], { input, unread = [] }: CheckRules): string[] {
  const written = new Map<string, string>(input.map((field) => [field, '']));
  const read = new Map<string, string>();
  for (const [name, state] of states) {
    for (const { ResultPath } of [state, ...(state.Catch ?? [])]) {
      const [, field] = /^\$\.(\w+)/.exec(ResultPath ?? '') ?? [];
      if (field !== undefined && !written.has(field)) written.set(field, name);
    }
    if (state.Type === 'Pass' && state.ResultPath === undefined && isObject(state.Parameters)) {
      for (const key of Object.keys(state.Parameters)) written.set(key.replace(/\.\$$/, ''), '');
    }
    const { ResultSelector: _, ResultPath: __, Catch: ___, ...readers } = state;
    for (const [, field = ''] of JSON.stringify(readers).matchAll(/(?<![$\w])\$\.(\w+)/g)) read.set(field, name);
  }
  return [
    ...[...read]
      .filter(([field]) => !written.has(field))
      .map(([field, by]) => `${by} reads $.${field}, which no state writes`),
    ...[...written]
      .filter(([field, by]) => by !== '' && !read.has(field) && !unread.includes(field))
      .map(([field, by]) => `${by} writes $.${field}, which no state reads`),
  ];
}
