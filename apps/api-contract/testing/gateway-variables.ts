/** What a mapping template can see: the variables of API Gateway, for one request or one answer of Step Functions. */
export interface GatewayVariables {
  /** The body: of the caller's request, or of Step Functions' answer. */
  readonly body?: unknown;
  /** Path, query and header parameters of the caller's request. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly requestId?: string;
}

/** What a mapping template makes: text, and what it sets in `$context.responseOverride`. */
export interface Rendered {
  readonly text: string;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
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
