import type { HttpService } from '../endpoint/aws-call-router.ts';
import { asAwsError } from '../endpoint/aws-call-router.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { HttpRequest } from '../endpoint/http-exchange.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Account } from '../endpoint/account.ts';
import type { ApiKey, RestApi, RestApis } from './rest-apis.ts';

const json = { 'content-type': 'application/json' };

export interface RestApisControlOptions {
  account: Account;
  restApis: RestApis;
  authorize: Authorize;
  log: (line: string) => void;
}

/** What shows REST APIs and their keys: `GET /apikeys`, `/restapis`, `/restapis/<id>/stages`. */
export function createRestApisControlHttp({ account, restApis, authorize, log }: RestApisControlOptions): HttpService {
  return (request, { principal }) => {
    try {
      authorize(principal, {
        action: 'apigateway:GET',
        resource: `arn:aws:apigateway:${account.region}::${request.path}`,
      });
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
  const [, collection, id, part] = path.split('/');
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
    const api = restApis.apis.get(id);
    if (!api) throw new AwsError('NotFoundException', 'Invalid API identifier specified', 404);
    return part === undefined ? describeApi(api) : { item: api.stages.map(({ name }) => ({ stageName: name })) };
  }
  throw new AwsError('UnknownOperationException', `The local cloud does not know ${method} ${path}.`, 404);
}

const describeKey = ({ id, name, value, enabled }: ApiKey, withValue: boolean) => ({
  id,
  name,
  enabled,
  stageKeys: [],
  ...(withValue && { value }),
});

const describeApi = ({ id, name }: RestApi) => ({ id, name, endpointConfiguration: { types: ['REGIONAL'] } });
