import type { z } from 'zod';
import { AwsError } from './aws-error.ts';
import type { CallContext, Json, JsonObject, ServiceAction } from './service.ts';

type Answer = object;

/**
 * A service action whose input is checked against a schema first: AWS refuses a wrong type before anything else.
 * `invalidCode` is the error code of that service for it.
 */
export function action<Schema extends z.ZodType>(
  input: Schema,
  run: (input: z.output<Schema>, context: CallContext) => Answer | Promise<Answer>,
  invalidCode = 'ValidationException',
): ServiceAction {
  return async (raw, context) => {
    const parsed = input.safeParse(raw);
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
      throw new AwsError(invalidCode, `${problems.length} validation error(s) detected: ${problems.join('; ')}`);
    }
    return withoutUndefined(await run(parsed.data, context));
  };
}

/** AWS leaves out what has no value, so answers can be written with `undefined` in them. */
function withoutUndefined(answer: object): JsonObject {
  return JSON.parse(JSON.stringify(answer), (_key, value: Json) => value) as JsonObject;
}
