import { Compile, parse } from 'velocityjs';
import { escapeJavaScript } from './escape-java-script.ts';
import { SOME_REQUEST, valueAt, type GatewayVariables, type Rendered } from './gateway-variables.ts';

/** On AWS a text is a Java String: its `replaceAll` takes a regular expression, JavaScript's only takes text. */
const javaReplaceAll = {
  uid: 'String.replaceAll',
  match: ({ property, context }: { property: string; context: unknown }) =>
    property === 'replaceAll' && typeof context === 'string',
  resolve: ({ context, params }: { context: unknown; params: unknown[] }) =>
    String(context).replaceAll(new RegExp(String(params[0]), 'g'), String(params[1])),
};

/** On AWS an object of the body is a Java Map. */
const javaContainsKey = {
  uid: 'Map.containsKey',
  match: ({ property, context }: { property: string; context: unknown }) =>
    property === 'containsKey' && typeof context === 'object',
  resolve: ({ context, params }: { context: unknown; params: unknown[] }) =>
    Object.hasOwn(context as object, String(params[0])),
};

/** A mapping template as API Gateway renders it, by velocityjs. */
export function renderMappingTemplate(template: string, variables: GatewayVariables): Rendered {
  const { body, parameters = {}, path, requestId, requestTimeEpoch } = { ...SOME_REQUEST, ...variables };
  const responseOverride: { status?: number; header: Record<string, string> } = { header: {} };
  const text = new Compile(parse(template), {
    escape: false,
    customMethodHandlers: [javaReplaceAll, javaContainsKey],
  }).render({
    input: {
      json: (jsonPath: string) => JSON.stringify(valueAt(body, jsonPath)),
      path: (jsonPath: string) => valueAt(body, jsonPath),
      params: (name: string) => parameters[name] ?? '',
    },
    util: { escapeJavaScript, parseJson: (json: string): unknown => JSON.parse(json) },
    context: { path, requestId, requestTimeEpoch, responseOverride },
  });
  return { text, status: responseOverride.status, headers: responseOverride.header };
}
