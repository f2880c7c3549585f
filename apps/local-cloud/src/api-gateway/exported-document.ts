import type { Json, JsonObject } from '../endpoint/service.ts';

export interface ExportOptions {
  /** Address of the API without its stage. */
  url: string;
  stage: string;
  /** Whether API Gateway's own fields, which say what is behind each method, are in it. */
  withExtensions: boolean;
}

/** The OpenAPI document of a deployed API, with the address of the stage, as `get-export` gives it. */
export function exportedDocument(body: JsonObject, { url, stage, withExtensions }: ExportOptions): JsonObject {
  const document = withExtensions ? body : (withoutExtensions(body) as JsonObject);
  const server = { url: `${url}/{basePath}`, variables: { basePath: { default: stage } } };
  return { ...document, servers: [server] };
}

function withoutExtensions(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutExtensions);
  if (value === null || typeof value !== 'object') return value;
  const own = Object.entries(value).filter(([key]) => !key.startsWith('x-amazon-apigateway-'));
  return Object.fromEntries(own.map(([key, item]) => [key, withoutExtensions(item)]));
}
