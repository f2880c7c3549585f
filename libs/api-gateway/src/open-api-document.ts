import { z } from 'zod';

/** Where an answer goes to, by a pattern for the status of the backend. */
const integrationResponse = z.strictObject({
  statusCode: z.string(),
  responseParameters: z.record(z.string(), z.string()).default({}),
  responseTemplates: z.record(z.string(), z.string()).default({}),
});

const integration = z.strictObject({
  type: z.literal(['aws', 'AWS'], 'only integrations of type aws are run here'),
  httpMethod: z.literal('POST'),
  uri: z.string(),
  credentials: z.string('an AWS service is only called with the credentials of a role'),
  passthroughBehavior: z
    .string()
    .transform((name) => name.toLowerCase())
    .pipe(z.enum(['never', 'when_no_match', 'when_no_templates']))
    .default('when_no_match'),
  requestTemplates: z.record(z.string(), z.string()).default({}),
  responses: z.record(z.string(), integrationResponse),
  timeoutInMillis: z.int().min(50).max(29_000).default(29_000),
});

const parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['header', 'path', 'query']),
  required: z.boolean().default(false),
});

const security = z.array(z.record(z.string(), z.array(z.string())));

const operation = z.looseObject({
  security: security.optional(),
  parameters: z.array(parameter).default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.record(z.string(), z.unknown()) })) })
    .optional(),
  responses: z
    .record(z.string(), z.looseObject({ headers: z.record(z.string(), z.unknown()).default({}) }))
    .default({}),
  'x-amazon-apigateway-integration': integration,
  'x-amazon-apigateway-request-validator': z.string().optional(),
});

/** The answer to a request that API Gateway refuses by itself, as the document or a CloudFormation resource has it. */
const gatewayResponse = z.strictObject({
  statusCode: z.coerce.number().optional(),
  responseParameters: z.record(z.string(), z.string()).default({}),
  responseTemplates: z.record(z.string(), z.string()).default({}),
});

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'x-amazon-apigateway-any-method'] as const;

/** The parts of an OpenAPI 3.0 document that API Gateway runs by. */
export const openApiDocument = z.looseObject({
  openapi: z.string().startsWith('3.0'),
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), operation)),
  security: security.optional(),
  components: z
    .looseObject({
      schemas: z.record(z.string(), z.unknown()).default({}),
      securitySchemes: z
        .record(
          z.string(),
          z.looseObject({ type: z.literal('apiKey'), name: z.literal('x-api-key'), in: z.literal('header') }),
        )
        .default({}),
    })
    .prefault({}),
  'x-amazon-apigateway-api-key-source': z.literal('HEADER').optional(),
  'x-amazon-apigateway-request-validator': z.string().optional(),
  'x-amazon-apigateway-request-validators': z
    .record(
      z.string(),
      z.strictObject({
        validateRequestBody: z.boolean().default(false),
        validateRequestParameters: z.boolean().default(false),
      }),
    )
    .default({}),
  'x-amazon-apigateway-gateway-responses': z.record(z.string(), gatewayResponse).default({}),
});

export type OpenApiDocument = z.output<typeof openApiDocument>;
export type Operation = z.output<typeof operation>;
export type IntegrationDescription = z.output<typeof integration>;
export type IntegrationResponseDescription = z.output<typeof integrationResponse>;
export type GatewayResponse = z.output<typeof gatewayResponse>;
