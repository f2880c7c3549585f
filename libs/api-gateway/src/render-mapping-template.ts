import { javaText, type JavaMap } from './vtl/java-json.ts';
import { velocityTemplate, type VelocityTemplate } from './vtl/velocity-template.ts';

/** What a mapping template can see, for one request or one answer of an AWS service. */
export interface GatewayVariables {
  /** Of the caller's request, or of the service's answer. @default {} */
  readonly body?: unknown;
  /** Path, query and header parameters of the caller's request. @default none */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The path of the request with the stage: `/v1/jobs`. */
  readonly path: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly requestTimeEpoch: number;
}

/** What a mapping template makes: text, and what it sets in `$context.responseOverride`. */
export interface Rendered {
  readonly text: string;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Templates that were read: a property test renders one of them hundreds of times. */
const READ = new Map<string, VelocityTemplate>();

/** One mapping template as API Gateway renders it, for tests of the template alone. */
export function renderMappingTemplate(template: string, variables: GatewayVariables): Rendered {
  const { body = {}, parameters = {}, path, requestId, requestTimeEpoch } = variables;
  const responseOverride: { header: JavaMap; status?: JavaMap[string] } = { header: {} };
  const read = READ.get(template) ?? velocityTemplate(template);
  READ.set(template, read);
  const text = read({
    input: { body: JSON.stringify(body), params: { path: {}, querystring: {}, header: { ...parameters } } },
    context: { path, requestId, requestTimeEpoch, responseOverride },
    stageVariables: {},
  });
  const headers = Object.entries(responseOverride.header).map(([name, value]) => [name, javaText(value)] as const);
  const { status } = responseOverride;
  return { text, status: status === undefined ? undefined : Number(status), headers: Object.fromEntries(headers) };
}
