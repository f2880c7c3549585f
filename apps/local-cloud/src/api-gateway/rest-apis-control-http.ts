import type { HttpService } from '../endpoint/aws-call-router.ts';
import { asAwsError } from '../endpoint/aws-call-router.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { HttpAnswer, HttpRequest } from '../endpoint/http-exchange.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Account } from '../endpoint/account.ts';
import { exportedDocument } from './exported-document.ts';
import type { ApiKey, RestApi, RestApis } from './rest-apis.ts';

const json = { 'content-type': 'application/json' };

export interface RestApisControlOptions {
  account: Account;
  restApis: RestApis;
  authorize: Authorize;
  /** Where the APIs answer, for the `servers` of an exported document. */
  endpointUrl: () => string;
  log: (line: string) => void;
}

/** What shows REST APIs and their keys: `GET /apikeys`, `/restapis`, `/restapis/<id>/stages` and exports. */
export function createRestApisControlHttp(options: RestApisControlOptions): HttpService {
  const { account, restApis, authorize, endpointUrl, log } = options;
  return (request, { principal }) => {
    try {
      authorize(principal, {
        action: 'apigateway:GET',
        resource: `arn:aws:apigateway:${account.region}::${request.path}`,
      });
      const exported = findExport(restApis, request, endpointUrl());
      if (exported) return Promise.resolve(exported);
      const body = JSON.stringify(route(restApis, request));
      return Promise.resolve({ status: 200, headers: json, body });
    } catch (error) {
      const { code, message, statusCode } = asAwsError(error, log);
      log(`apigateway ${request.method} ${request.path} refused: ${code}: ${message}`);
      const status = code === 'AccessDeniedException' ? 403 : statusCode;
      const headers = { ...json, 'x-amzn-errortype': code };
      return Promise.resolve({ status, headers, body: JSON.stringify({ message }) });
    }
  };
}

function route(restApis: RestApis, { method, path, query }: HttpRequest): object {
  const [, collection, id, part, ...deeper] = path.split('/');
  if (deeper.length > 0) throw unknownPath(method, path);
  if (method === 'GET' && collection === 'apikeys' && id === undefined) {
    const withValues = query.get('includeValues') === 'true';
    return { item: [...restApis.keys.values()].map((key) => describeKey(key, withValues)) };
  }
  if (method === 'GET' && collection === 'apikeys' && id !== undefined) {
    const key = restApis.keys.get(id);
    if (!key) throw new AwsError('NotFoundException', 'Invalid API Key identifier specified', 404);
    return describeKey(key, query.get('includeValue') === 'true');
  }
  if (method === 'GET' && collection === 'restapis' && id === undefined) {
    return { item: [...restApis.apis.values()].map(describeApi) };
  }
  if (method === 'GET' && collection === 'restapis' && id !== undefined && (part === undefined || part === 'stages')) {
    const api = requireApi(restApis, id);
    return part === undefined ? describeApi(api) : { item: api.stages.map(({ name }) => ({ stageName: name })) };
  }
  throw unknownPath(method, path);
}

const unknownPath = (method: string, path: string): AwsError =>
  new AwsError('UnknownOperationException', `The local cloud does not know ${method} ${path}.`, 404);

function requireApi(restApis: RestApis, id: string): RestApi {
  const api = restApis.apis.get(id);
  if (!api) throw new AwsError('NotFoundException', 'Invalid API identifier specified', 404);
  return api;
}

/** `GET /restapis/<id>/stages/<stage>/exports/<type>`: a file instead of an answer about something. */
function findExport(restApis: RestApis, request: HttpRequest, endpointUrl: string): HttpAnswer | undefined {
  const [, id = '', stage = '', type = ''] =
    /^\/restapis\/([^/]+)\/stages\/([^/]+)\/exports\/([^/]+)$/.exec(request.path) ?? [];
  if (request.method !== 'GET' || id === '') return undefined;
  const api = requireApi(restApis, id);
  if (!api.stages.some(({ name }) => name === stage)) {
    throw new AwsError('NotFoundException', 'Invalid Stage identifier specified', 404);
  }
  const accept = request.headers['accept'] ?? '*/*';
  if (type !== 'oas30' || !/json|\*/.test(accept)) {
    throw new AwsError('BadRequestException', `The local cloud exports oas30 as JSON only, not ${type} as ${accept}.`);
  }
  const url = `${endpointUrl}/restapis/${id}`;
  const document = exportedDocument(api.body, { url, stage, withExtensions: wantedExtensions(request) });
  const disposition = `attachment; filename="oas30_${id}.json"`;
  return {
    status: 200,
    headers: { ...json, 'content-disposition': disposition },
    body: JSON.stringify(document, undefined, 2),
  };
}

/** As AWS: `extensions` may name integrations, authorizers, documentation, and others; without it there are none. */
const wantedExtensions = ({ query }: HttpRequest): boolean =>
  (query.get('extensions') ?? '').split(',').some((each) => ['apigateway', 'integrations'].includes(each));

const describeKey = ({ id, name, value, enabled }: ApiKey, withValue: boolean) => ({
  id,
  name,
  enabled,
  stageKeys: [],
  ...(withValue && { value }),
});

const describeApi = ({ id, name }: RestApi) => ({ id, name, endpointConfiguration: { types: ['REGIONAL'] } });
