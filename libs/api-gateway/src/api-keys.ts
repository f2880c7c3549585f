import { findHeader, type ApiRequest } from './api-request.ts';
import { GatewayFailure } from './gateway-failure.ts';
import type { OpenApiDocument } from './open-api-document.ts';
import type { Route } from './routes.ts';

export interface ApiKey {
  id: string;
  value: string;
  enabled: boolean;
}

/** The key of the request, where the method asks for one; without a good one throws `GatewayFailure` INVALID_API_KEY. */
export function requireApiKey(
  keys: readonly ApiKey[],
  document: OpenApiDocument,
  { operation }: Route,
  { headers }: ApiRequest,
): ApiKey | undefined {
  const security = operation.security ?? document.security ?? [];
  if (security.length === 0) return undefined;
  const value = findHeader(headers, 'x-api-key');
  const key = keys.find((candidate) => candidate.enabled && candidate.value === value);
  if (!key) throw new GatewayFailure('INVALID_API_KEY');
  return key;
}
