/** Limits of a REST API of Amazon API Gateway (developer guide, "Quotas for REST APIs"; none can be raised by far). */
export const API_GATEWAY_LIMITS = {
  /** Bytes of a request's or an answer's body: "10 MB"; a larger request is answered with 413. */
  payloadBytes: 10 * 1024 * 1024,
  /** Bytes of all header values of a request together. */
  headerBytes: 10_240,
  /** Milliseconds that an integration may take; then the answer is 504. (model, PutIntegration.timeoutInMillis) */
  integrationMilliseconds: 29_000,
  /** Resources (paths) of one API. */
  resources: 300,
  /** Bytes of one mapping template: "300 KB". */
  mappingTemplateBytes: 300 * 1024,
  /** Rounds of one `#foreach` in a mapping template. */
  foreachRounds: 1000,
  /** Bytes of the format of an access log: "3 KB". */
  accessLogFormatBytes: 3 * 1024,
  /** Bytes of an OpenAPI document that is imported: "6 MB". */
  importedDocumentBytes: 6 * 1024 * 1024,
  /** Characters of the value of an API key, at least and at most. (developer guide, "API keys and usage plans") */
  apiKeyCharacters: { min: 20, max: 128 },
} as const;
