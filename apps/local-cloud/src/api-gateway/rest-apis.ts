import type { JsonObject } from '../endpoint/service.ts';

export interface ApiKey {
  id: string;
  name: string;
  value: string;
  enabled: boolean;
}

export interface Stage {
  name: string;
}

export interface RestApi {
  id: string;
  name: string;
  /** OpenAPI document with API Gateway's extensions. */
  body: JsonObject;
  /** Properties of the gateway responses beside the document. */
  gatewayResponses: JsonObject[];
  stages: Stage[];
}

/** Which keys open which stages. */
export interface UsagePlan {
  id: string;
  stages: { apiId: string; stage: string }[];
  keyIds: string[];
}

/** What templates say about REST APIs, before any of them is called. */
export class RestApis {
  readonly apis = new Map<string, RestApi>();
  readonly keys = new Map<string, ApiKey>();
  readonly plans = new Map<string, UsagePlan>();

  requireApi(id: string): RestApi {
    const api = this.apis.get(id);
    if (!api) throw new Error(`there is no REST API ${id}`);
    return api;
  }

  /** The keys that open a stage. */
  keysOf(apiId: string, stage: string): ApiKey[] {
    const plans = [...this.plans.values()].filter((plan) =>
      plan.stages.some((each) => each.apiId === apiId && each.stage === stage),
    );
    const keyIds = new Set(plans.flatMap((plan) => plan.keyIds));
    return [...this.keys.values()].filter(({ id, enabled }) => enabled && keyIds.has(id));
  }
}
