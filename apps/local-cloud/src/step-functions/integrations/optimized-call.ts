import { isObject } from '@serverless-ops/states-language';
import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../endpoint/service.ts';
import type { CallAsRole } from './service-integration.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import { toStatesError, type ErrorNaming } from './service-error.ts';

/** Calls an action for an optimized integration and answers its output with the metadata of the call. */
export async function optimizedCall(
  as: CallAsRole,
  { service, action, input, errors }: { service: string; action: string; input: Json; errors: ErrorNaming },
): Promise<JsonObject> {
  const requestId = randomUUID();
  try {
    const answer = await as(service, action, input);
    return { ...(isObject(answer) && answer), ...sdkMetadata(requestId) };
  } catch (error) {
    throw toStatesError(error, errors, requestId);
  }
}
