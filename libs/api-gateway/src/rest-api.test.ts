import type { JsonObject } from '@serverless-ops/states-language';
import type { ApiRequest } from './api-request.ts';
import { ServiceRefusal, type CallAwsService } from './integration/service-call.ts';
import { UnsupportedApiError } from './load-document.ts';
import { createRestApi, type RestApiOptions } from './rest-api.ts';

const ROLE = 'arn:aws:iam::123456789012:role/api';

const startJob = {
  security: [{ api_key: [] }],
  'x-amazon-apigateway-request-validator': 'all',
  parameters: [{ name: 'X-Team', in: 'header', required: true, schema: { type: 'string' } }],
  requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Job' } } } },
  responses: {
    '202': { description: 'Done', headers: { Location: { schema: { type: 'string' } }, 'X-Fixed': {} } },
    '500': { description: 'Refused' },
  },
  'x-amazon-apigateway-integration': {
    type: 'aws',
    httpMethod: 'POST',
    uri: 'arn:aws:apigateway:eu-central-1:states:action/StartExecution',
    credentials: ROLE,
    passthroughBehavior: 'never',
    requestTemplates: {
      'application/json': `#set($input_ = $util.escapeJavaScript($input.json('$')).replaceAll("\\\\'", "'"))
{ "name": "job-$context.requestId", "input": "$input_", "stateMachineArn": "arn:machine" }`,
    },
    responses: {
      default: {
        statusCode: '202',
        responseParameters: { 'method.response.header.X-Fixed': "'always'" },
        responseTemplates: {
          'application/json': `#set($context.responseOverride.header.Location = "$context.path/1")
{"started": $input.json('$.startDate')}`,
        },
      },
      '4\\d{2}': {
        statusCode: '500',
        responseTemplates: {
          'application/json': `#if($input.path('$.__type') == 'ExecutionAlreadyExists')
#set($context.responseOverride.status = 409)
#end
{"error": $input.json('$.__type')}`,
        },
      },
    },
  },
};

const document = {
  openapi: '3.0.1',
  paths: {
    '/jobs': { post: startJob },
    '/jobs/{id}': { get: { ...startJob, parameters: [], requestBody: undefined } },
  },
  components: {
    schemas: {
      Job: {
        type: 'object',
        additionalProperties: false,
        required: ['job_name', 'options'],
        properties: {
          job_name: { type: 'string', enum: ['db_backup', 'run_script'] },
          options: {
            type: 'object',
            required: ['db_name'],
            additionalProperties: false,
            properties: {
              db_name: { type: 'string', pattern: '^[a-z]+$', minLength: 2, maxLength: 4 },
              count: { type: 'integer', minimum: 1, maximum: 5 },
            },
          },
        },
      },
    },
    securitySchemes: { api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
  },
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  'x-amazon-apigateway-gateway-responses': {
    BAD_REQUEST_BODY: {
      responseParameters: { 'gatewayresponse.header.Content-Type': "'application/problem+json'" },
      responseTemplates: {
        'application/json': '{"detail":"$context.error.validationErrorString","path":"$context.path"}',
      },
    },
    DEFAULT_4XX: { responseTemplates: { 'application/json': '{"other":$context.error.messageString}' } },
  },
};

interface Call {
  service: string;
  action: string;
  input: JsonObject;
  principal: Parameters<CallAwsService>[3];
}

function setUp(answer: () => JsonObject = () => ({ startDate: 1795310689.812 }), more: Partial<RestApiOptions> = {}) {
  const calls: Call[] = [];
  const entries: JsonObject[] = [];
  const callService: CallAwsService = async (service, action, input, principal) => {
    calls.push({ service, action, input, principal });
    return Promise.resolve().then(answer);
  };
  const api = createRestApi({
    id: 'abc123',
    stage: 'v1',
    openApiBody: document,
    apiKeys: [
      { id: 'k1', value: 'good', enabled: true },
      { id: 'k2', value: 'off', enabled: false },
    ],
    callService,
    accountId: '123456789012',
    region: 'eu-central-1',
    log: (entry) => void entries.push(entry),
    ...more,
  });
  const send = (request: Partial<ApiRequest> & { json?: unknown }) =>
    api.handle({
      method: 'POST',
      path: '/jobs',
      query: {},
      body: Buffer.from(request.json === undefined ? '' : JSON.stringify(request.json)),
      ...request,
      headers: { 'Content-Type': 'application/json', 'X-Team': 'web', 'x-api-key': 'good', ...request.headers },
    });
  return { calls, entries, send };
}

const GOOD = { job_name: 'db_backup', options: { db_name: 'shop' } };

it('takes 10 MiB of body, and answers 413 to one byte more', async () => {
  const { send } = setUp();
  const padded = (bytes: number): Buffer => Buffer.from(JSON.stringify(GOOD).padEnd(bytes, ' '));
  expect((await send({ body: padded(10 * 1024 * 1024) })).status).toBe(202);
  expect((await send({ body: padded(10 * 1024 * 1024 + 1) })).status).toBe(413);
});

it('calls the service as the role of the integration and answers with what the template makes of it', async () => {
  const { calls, send, entries } = setUp();
  const job = { job_name: 'run_script', options: { db_name: 'abc', count: 3 } };
  const response = await send({ json: job });

  expect(response).toMatchObject({
    status: 202,
    headers: { 'Content-Type': 'application/json', 'X-Fixed': 'always', Location: '/v1/jobs/1' },
  });
  expect(response.body.trim()).toBe('{"started": 1.795310689812E9}');
  expect(calls).toMatchObject([
    { service: 'states', action: 'StartExecution', principal: { kind: 'role', roleArn: ROLE } },
  ]);
  expect(calls[0]?.input['name']).toBe(`job-${response.headers['x-amzn-RequestId'] ?? ''}`);
  expect(JSON.parse(calls[0]?.input['input'] as string)).toEqual(job);
  expect(entries).toMatchObject([{ httpMethod: 'POST', path: '/v1/jobs', resourcePath: '/jobs', status: 202 }]);
});

describe('what the service refuses', () => {
  it('is answered by the response whose pattern fits its status', async () => {
    const { send } = setUp(() => {
      throw new ServiceRefusal('AccessDeniedException', 'no');
    });
    expect(await send({ json: GOOD })).toMatchObject({ status: 500, body: '{"error": "AccessDeniedException"}' });
  });

  it('gets the status that the template says', async () => {
    const { send } = setUp(() => {
      throw new ServiceRefusal('ExecutionAlreadyExists', 'twice');
    });
    expect(await send({ json: GOOD })).toMatchObject({ status: 409, body: '{"error": "ExecutionAlreadyExists"}' });
  });

  it('is INTEGRATION_FAILURE when it is no answer at all', async () => {
    const { send, entries } = setUp(() => {
      throw new TypeError('a mistake');
    });
    expect(await send({ json: GOOD })).toMatchObject({ status: 504, body: '{"message":"Internal server error"}' });
    expect(entries[0]).toMatchObject({ failure: 'INTEGRATION_FAILURE' });
  });
});

describe('a request that is refused before it gets anywhere', () => {
  it.each([
    ['no key', { headers: { 'x-api-key': '' } }, 403, '{"other":"Forbidden"}'],
    ['a key that is switched off', { headers: { 'x-api-key': 'off' } }, 403, '{"other":"Forbidden"}'],
    ['an unknown path', { path: '/nothing' }, 403, '{"other":"Missing Authentication Token"}'],
    ['an unknown method', { method: 'PUT' }, 403, '{"other":"Missing Authentication Token"}'],
    [
      'a required header missing',
      { headers: { 'X-Team': '' } },
      400,
      '{"other":"Missing required request parameters: [X-Team]"}',
    ],
    ['another kind of body', { headers: { 'Content-Type': 'text/plain' } }, 415, '{"other":"Unsupported Media Type"}'],
    ['a body that is no JSON', { body: Buffer.from('{') }, 400, '{"detail":"Invalid request body","path":"/v1/jobs"}'],
  ])('for %s', async (_what, request, status, body) => {
    const { send, calls } = setUp();
    expect(await send({ json: GOOD, ...request })).toMatchObject({ status, body });
    expect(calls).toEqual([]);
  });

  it.each([
    [{ job_name: 'db_backup' }, '[object has missing required properties (["options"])]'],
    [{}, '[object has missing required properties (["job_name","options"])]'],
    [{ ...GOOD, y: 1, x: 2 }, '[object instance has properties which are not allowed by the schema: ["x","y"]]'],
    [
      { ...GOOD, job_name: 7 },
      '[instance type (integer) does not match any allowed primitive type (allowed: ["string"]), instance value (7) not found in enum (possible values: ["db_backup","run_script"])]',
    ],
    [
      { ...GOOD, job_name: 'x' },
      '[instance value ("x") not found in enum (possible values: ["db_backup","run_script"])]',
    ],
    [{ ...GOOD, options: { db_name: 'A!' } }, '[ECMA 262 regex "^[a-z]+$" does not match input string "A!"]'],
    [{ ...GOOD, options: { db_name: 'abcde' } }, '[string "abcde" is too long (length: 5, maximum allowed: 4)]'],
    [{ ...GOOD, options: { db_name: 'a' } }, '[string "a" is too short (length: 1, required minimum: 2)]'],
    [
      { ...GOOD, options: { db_name: 'ab', count: 0 } },
      '[numeric instance is lower than the required minimum (minimum: 1, found: 0)]',
    ],
    [
      { job_name: 'x', options: {} },
      '[instance value ("x") not found in enum (possible values: ["db_backup","run_script"]), object has missing required properties (["db_name"])]',
    ],
    [[], '[instance type (array) does not match any allowed primitive type (allowed: ["object"])]'],
  ])('for the body %j', async (json, validationErrors) => {
    const { send } = setUp();
    const { status, headers, body } = await send({ json });
    expect([status, headers['Content-Type']]).toEqual([400, 'application/problem+json']);
    expect(JSON.parse(body)).toEqual({ detail: validationErrors, path: '/v1/jobs' });
  });
});

it('puts path parameters, decoded, into $input.params()', async () => {
  const get = structuredClone(document);
  get.paths['/jobs/{id}'].get['x-amazon-apigateway-integration'].requestTemplates['application/json'] =
    `{"id":"$util.escapeJavaScript($input.params('id'))"}`;
  const { send, calls } = setUp(undefined, { openApiBody: get });
  await send({ method: 'GET', path: '/jobs/a%20%22b' });
  expect(calls[0]?.input).toEqual({ id: 'a "b' });
});

it('gives up on a service that takes too long', async () => {
  const impatient = structuredClone(document) as typeof document & { paths: object };
  Object.assign(impatient.paths['/jobs'].post['x-amazon-apigateway-integration'], { timeoutInMillis: 50 });
  const { send } = setUp(undefined, {
    openApiBody: impatient,
    callService: () => new Promise(() => undefined),
  });
  expect(await send({ json: GOOD })).toMatchObject({ status: 504, body: '{"message":"Endpoint request timed out"}' });
});

it('takes GatewayResponse resources beside the document', async () => {
  const { send } = setUp(undefined, {
    gatewayResponses: [
      {
        ResponseType: 'INVALID_API_KEY',
        StatusCode: '401',
        ResponseParameters: { 'gatewayresponse.header.WWW-Authenticate': "'key'" },
        ResponseTemplates: { 'application/json': '{"id":"$context.requestId"}' },
      },
    ],
  });
  const { status, headers, body } = await send({ json: GOOD, headers: { 'x-api-key': 'bad' } });
  expect([status, headers['WWW-Authenticate']]).toEqual([401, 'key']);
  expect(JSON.parse(body)).toEqual({ id: headers['x-amzn-RequestId'] });
});

it('refuses a document with anything that it does not run, all of it at once', () => {
  const bad = structuredClone(document) as unknown as { paths: { '/jobs': { post: Record<string, unknown> } } };
  bad.paths['/jobs'].post['x-amazon-apigateway-auth'] = { type: 'NONE' };
  bad.paths['/jobs'].post['x-amazon-apigateway-integration'] = {
    ...startJob['x-amazon-apigateway-integration'],
    credentials: { 'Fn::GetAtt': ['Role', 'Arn'] },
    cacheNamespace: 'x',
  };
  const build = () => setUp(undefined, { openApiBody: bad });
  expect(build).toThrow(UnsupportedApiError);
  expect(build).toThrow(/x-amazon-apigateway-auth: is not offered here/);
  expect(build).toThrow(/credentials: an AWS service is only called with the credentials of a role/);
  expect(build).toThrow(/Fn::GetAtt: is not resolved/);
  expect(build).toThrow(/cacheNamespace/);
});

it('refuses templates it cannot read and headers a method does not declare', () => {
  const bad = structuredClone(document);
  const { requestTemplates, responses } = bad.paths['/jobs'].post['x-amazon-apigateway-integration'];
  requestTemplates['application/json'] = '#set($in = 1)';
  Object.assign(responses.default.responseParameters, { 'method.response.header.X-None': "'x'" });
  const build = () => setUp(undefined, { openApiBody: bad });
  expect(build).toThrow(/POST \/jobs: request template application\/json: Parse error/);
  expect(build).toThrow(/response 202 does not declare method.response.header.X-None/);
});

it('refuses models that its validator has no words for, in every method that uses them', () => {
  const bad = structuredClone(document);
  Object.assign(bad.components.schemas.Job.properties.job_name, { oneOf: [{ type: 'string' }] });
  bad.paths['/jobs'].post['x-amazon-apigateway-request-validator'] = 'none';
  const build = () => setUp(undefined, { openApiBody: bad });
  expect(build).toThrow(/POST \/jobs: there is no request validator none/);
  bad.paths['/jobs'].post['x-amazon-apigateway-request-validator'] = 'all';
  expect(build).toThrow(/POST \/jobs: Job.job_name: the keyword oneOf is not offered here/);
});
