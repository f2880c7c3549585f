import ajvDraft4 from 'ajv-draft-04';

// A CommonJS module that is its own default export.
const Ajv = ajvDraft4.default;

/**
 * Checks values against a schema in JSON Schema draft 4, as API Gateway's request validator does: that one runs patterns
 * in Rhino, which knows no flag `u`.
 */
export function draft4Validator(schema: object): (value: unknown) => boolean {
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema) as (
    value: unknown,
  ) => boolean;
}
