import { findByPath, type JsonObject } from '@serverless-ops/states-language';
import { javaJson, javaText, parseJavaJson, type JavaValue } from './java-json.ts';

/** What `$input` reads from: a body, and the parameters of the request. */
export interface TemplateInput {
  body: string;
  params: { path: Record<string, string>; querystring: Record<string, string>; header: Record<string, string> };
}

/** The methods of `$input`. A path that leads nowhere gives null, and `""` as JSON. */
export function inputMethods({ body, params }: TemplateInput): Record<string, (argument: JavaValue) => JavaValue> {
  let parsed: JavaValue;
  const at = (path: JavaValue): JavaValue => {
    parsed ??= body.trim() === '' ? {} : parseJavaJson(body);
    return findByPath(javaText(path ?? '$'), { input: parsed as JsonObject, context: {} });
  };
  return {
    json: (path) => javaJson(at(path) ?? ''),
    path: at,
    params(name) {
      if (name === undefined) return params;
      const key = javaText(name);
      return [params.path, params.querystring, params.header].find((list) => Object.hasOwn(list, key))?.[key] ?? '';
    },
  };
}
