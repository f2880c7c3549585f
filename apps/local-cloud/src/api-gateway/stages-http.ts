import { createRestApi, type RestApi as RunningApi, type RestApiOptions } from '@serverless-ops/api-gateway';
import type { Account } from '../endpoint/account.ts';
import type { HttpAnswer, HttpRequest } from '../endpoint/http-exchange.ts';
import type { CallService } from '../endpoint/service.ts';
import type { RestApis } from './rest-apis.ts';

export interface StagesOptions {
  account: Account;
  restApis: RestApis;
  callService: CallService;
  log: (line: string) => void;
}

type HttpHandler = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * The stages of all REST APIs, by first segment of their paths: `/restapis/<id>/<stage>`, and `/<stage>` as on the
 * API's own host at AWS, so that links in answers lead somewhere. Throws what is wrong with their documents.
 */
export function openStages({
  account,
  restApis,
  callService,
  log,
}: StagesOptions): Readonly<Record<string, HttpHandler>> {
  const logEntry: RestApiOptions['log'] = (entry) => log(`api ${JSON.stringify(entry)}`);
  const stages = [...restApis.apis.values()].flatMap(({ id, body, gatewayResponses, stages: names }) =>
    names.map(({ name: stage }) => {
      const apiKeys = restApis.keysOf(id, stage);
      const options = {
        ...account,
        id,
        stage,
        openApiBody: body,
        gatewayResponses,
        apiKeys,
        callService,
        log: logEntry,
      };
      return { id, stage, api: createRestApi(options) };
    }),
  );
  const byId: HttpHandler = (request) => {
    const [, , id, name] = request.path.split('/');
    return call(stages.find((each) => each.id === id && each.stage === name)?.api, request, 4);
  };
  const byStage = stages.map(({ stage, api }): [string, HttpHandler] => [stage, (request) => call(api, request, 2)]);
  return { ...Object.fromEntries(byStage), restapis: byId };
}

/** Calls an API with the part of the path that is below its stage: behind so many segments. */
async function call(api: RunningApi | undefined, request: HttpRequest, segments: number): Promise<HttpAnswer> {
  if (!api) return FORBIDDEN;
  const { method, path, headers, query, body } = request;
  const below = `/${path.split('/').slice(segments).join('/')}`;
  return api.handle({ method, path: below, headers: { ...headers }, query: Object.fromEntries(query), body });
}

/** As AWS answers for an API that is not there. */
const FORBIDDEN: HttpAnswer = {
  status: 403,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ForbiddenException' },
  body: '{"message":"Forbidden"}',
};
