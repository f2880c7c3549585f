import ajvDraft04 from 'ajv-draft-04';
import { GatewayFailure } from '../gateway-failure.ts';
import type { OpenApiDocument } from '../open-api-document.ts';
import { UnsupportedApiError } from '../load-document.ts';
import { modelProblems } from './model-keywords.ts';
import { validationErrorString } from './validation-messages.ts';

/** Checks a body; throws `GatewayFailure` BAD_REQUEST_BODY. */
export type CheckBody = (body: string) => void;

/** The models of an API: schemas of JSON Schema draft 4, which may refer to each other. */
export function createModels({ components }: OpenApiDocument): (schema: Record<string, unknown>) => CheckBody {
  const ajv = new ajvDraft04.default({
    allErrors: true,
    strict: false,
    verbose: true,
    validateFormats: false,
    addUsedSchema: false,
    // API Gateway's validator runs patterns in Rhino, which has no flag u: `\p{L}` means the text p{L} there.
    unicodeRegExp: false,
  });
  ajv.addSchema({ components }, 'api');
  return (schema) => {
    const problems = modelProblems(schema, components.schemas, 'request body');
    if (problems.length > 0) throw new UnsupportedApiError(problems);
    const validate = ajv.compile(withReferencesInto(schema, 'api'));
    return (body) => {
      if (validate(parsed(body))) return;
      throw new GatewayFailure('BAD_REQUEST_BODY', { validationErrors: validationErrorString(validate.errors ?? []) });
    };
  };
}

function withReferencesInto(schema: Record<string, unknown>, document: string): Record<string, unknown> {
  const { $ref: reference } = schema;
  return typeof reference === 'string' ? { $ref: `${document}${reference}` } : schema;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new GatewayFailure('BAD_REQUEST_BODY', { validationErrors: 'Invalid request body', cause });
  }
}
