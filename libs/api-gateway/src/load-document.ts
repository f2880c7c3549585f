import { openApiDocument, type OpenApiDocument } from './open-api-document.ts';

/** Thrown when an API has something in it that would not run here as it does on AWS; lists everything at once. */
export class UnsupportedApiError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The API cannot be run here:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const KNOWN_EXTENSIONS = new Set([
  'x-amazon-apigateway-any-method',
  'x-amazon-apigateway-api-key-source',
  'x-amazon-apigateway-gateway-responses',
  'x-amazon-apigateway-integration',
  'x-amazon-apigateway-request-validator',
  'x-amazon-apigateway-request-validators',
]);

/** Reads an OpenAPI document as CDK synthesizes it, every intrinsic function in it resolved. */
export function loadDocument(body: unknown): OpenApiDocument {
  const { success, data, error } = openApiDocument.safeParse(body);
  const problems = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  problems.push(...foreignKeys(body, ''));
  if (!success || problems.length > 0) throw new UnsupportedApiError(problems);
  return data;
}

function foreignKeys(value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const path = at === '' ? key : `${at}.${key}`;
    const inside = foreignKeys(member, path);
    if (key.startsWith('x-amazon-') && !KNOWN_EXTENSIONS.has(key)) return [`${path}: is not offered here`, ...inside];
    if (key === 'Ref' || key.startsWith('Fn::')) return [`${path}: is not resolved`, ...inside];
    return inside;
  });
}
