import type { HttpAnswer, HttpRequest } from '../endpoint/http-exchange.ts';
import type { RestApi, RestApis } from './rest-apis.ts';

/** One stage of a REST API, ready to be called. */
export interface OpenStage {
  handle(request: {
    method: string;
    /** Below the stage: `/jobs`. */
    path: string;
    headers: Record<string, string>;
    query: Record<string, string>;
    body: Buffer;
  }): Promise<{ status: number; headers: Record<string, string>; body: string }>;
}

export interface StagesOptions {
  restApis: RestApis;
  openStage: (api: RestApi, stage: string, apiKeys: string[]) => OpenStage;
}

/** The stages of all REST APIs below `/restapis/<id>/<stage>`. Throws what is wrong with their documents. */
export function openStages({ restApis, openStage }: StagesOptions) {
  const open = new Map<string, OpenStage>();
  for (const api of restApis.apis.values()) {
    for (const { name } of api.stages) {
      open.set(`${api.id}/${name}`, openStage(api, name, restApis.keyValuesOf(api.id, name)));
    }
  }
  return async ({ method, path, headers, query, body }: HttpRequest): Promise<HttpAnswer> => {
    const [, , id = '', stage = '', ...rest] = path.split('/');
    const found = open.get(`${id}/${stage}`);
    // As AWS answers for a host or stage that is not there.
    if (!found)
      return { status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"Forbidden"}' };
    return found.handle({
      method,
      path: `/${rest.join('/')}`,
      headers: { ...headers },
      query: Object.fromEntries(query),
      body,
    });
  };
}
