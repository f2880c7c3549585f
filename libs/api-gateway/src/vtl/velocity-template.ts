import { parse } from 'velocityjs';
import { inputMethods, type TemplateInput } from './input-variable.ts';
import type { JavaMap, JavaValue } from './java-json.ts';
import { callJavaMethod } from './java-methods.ts';
import { JavaVelocity } from './java-velocity.ts';
import { UTIL } from './util-variable.ts';

/** What a template can see. It writes to `context` where API Gateway lets it. */
export interface TemplateVariables {
  input: TemplateInput;
  context: JavaMap;
  stageVariables: Record<string, string>;
}

/** A mapping template, read once. */
export type VelocityTemplate = (variables: TemplateVariables) => string;

/** Variables whose methods are ours, told apart from data by identity. */
const METHOD_OWNERS = new WeakMap<object, Readonly<Record<string, (argument: JavaValue) => JavaValue>>>();

/** Reads a template; throws when it is not Velocity, or has something that the interpreter reads otherwise. */
export function velocityTemplate(text: string): VelocityTemplate {
  assertUnderstood(text);
  const syntax = parse(text);
  return ({ input, context, stageVariables }) => {
    const inputVariable = { body: input.body };
    const utilVariable = {};
    METHOD_OWNERS.set(inputVariable, inputMethods(input));
    METHOD_OWNERS.set(utilVariable, UTIL);
    const program = new JavaVelocity(syntax, { customMethodHandlers: [{ uid: 'java', match: () => true, resolve }] });
    return program.render({ input: inputVariable, util: utilVariable, context, stageVariables });
  };
}

/**
 * What the interpreter passes over in silence: directives it does not have, and an `#if` without `#end` or the other
 * way round. It then reads what follows twice, or not at all, which a mark at the end shows.
 */
function assertUnderstood(text: string): void {
  const directive = /#\{?(?:stop|parse|include|evaluate|define)\b/.exec(text.replace(/##.*/g, ''));
  if (directive) throw new Error(`The template has ${directive[0]}, which is not offered here.`);
  const mark = 'EndOfTheTemplate';
  const marksRead = JSON.stringify(parse(`${text}\n${mark}`)).split(mark).length - 1;
  if (marksRead !== 1) throw new Error('The template has a block without #end, or an #end too many.');
}

interface MethodCall {
  property: string;
  context: JavaValue;
  params: JavaValue[];
}

function resolve({ property, context, params }: MethodCall): JavaValue {
  const methods = typeof context === 'object' && context !== null ? METHOD_OWNERS.get(context) : undefined;
  const method = methods && Object.hasOwn(methods, property) ? methods[property] : undefined;
  return method ? method(params[0]) : callJavaMethod(context, property, params);
}
