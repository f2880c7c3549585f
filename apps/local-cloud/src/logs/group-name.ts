import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonObject } from '../endpoint/service.ts';

const INVALID = 'InvalidParameterException';

/** Name of the group that a call names by its name, its identifier or its ARN. */
export function groupNameOf({
  logGroupName,
  logGroupIdentifier,
}: JsonObject | Partial<Record<string, unknown>>): string {
  const reference = logGroupName ?? logGroupIdentifier;
  if (typeof reference !== 'string') throw new AwsError(INVALID, 'A log group name or identifier is required.');
  return /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(reference)?.[1] ?? reference;
}
