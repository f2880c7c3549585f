import { renderMappingTemplate, type GatewayVariables, type Rendered } from '@serverless-ops/api-gateway';

/** What one test says about a request or an answer. */
export type SomeVariables = Partial<GatewayVariables>;

/** A mapping template as API Gateway renders it, for {@link SOME_REQUEST} where a test does not say otherwise. */
export function renderTemplate(template: string, variables: SomeVariables): Rendered {
  return renderMappingTemplate(template, { ...SOME_REQUEST, ...variables });
}

/** The value at a path of plain keys, `$.a.b`, as API Gateway finds it; `null` when nothing is there. */
export function valueAt(body: unknown, path: string): unknown {
  const keys = path.split('.').slice(1);
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key] ?? null, body);
}

/** The path and id of a request where a test does not care. */
export const SOME_REQUEST = {
  path: '/v1/jobs',
  requestId: '4f1c2d3e-0000-4000-8000-a0b1c2d3e4f5',
  /** Milliseconds. */
  requestTimeEpoch: 1_795_310_689_812,
};
