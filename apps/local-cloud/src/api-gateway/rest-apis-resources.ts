import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ResourceHandlers, ResourceRequest } from '../cloudformation/resource-handler.ts';
import { parseProperties } from '../cloudformation/resource-properties.ts';
import type { JsonObject } from '../endpoint/service.ts';
import type { Roles } from '../iam/roles.ts';
import type { RestApis } from './rest-apis.ts';

const restApiSchema = z.looseObject({
  Name: z.string().optional(),
  Body: z.record(z.string(), z.json(), 'the local cloud runs REST APIs from an OpenAPI document only'),
});
const stageSchema = z.looseObject({ RestApiId: z.string(), StageName: z.string() });
const gatewayResponseSchema = z.looseObject({ RestApiId: z.string() });
const keySchema = z.looseObject({
  Name: z.string().optional(),
  Value: z.string().optional(),
  Enabled: z.union([z.boolean(), z.literal(['true', 'false'])]).default(false),
});
const planSchema = z.looseObject({
  ApiStages: z.array(z.looseObject({ ApiId: z.string(), Stage: z.string() })).default([]),
});
const planKeySchema = z.looseObject({ KeyId: z.string(), UsagePlanId: z.string() });

/** REST APIs of templates with their stages, keys and usage plans. Throttles and logs of stages are not run. */
export const restApisResources = (
  restApis: RestApis,
  roles: Roles,
  keptKeys: Readonly<Record<string, string>>,
): ResourceHandlers => ({
  'AWS::ApiGateway::RestApi': (request) => {
    const { Name: name = request.generatedName, Body: body } = parseProperties(restApiSchema, request.properties);
    for (const roleArn of credentialsIn(body)) {
      roles.requireTrust(roleArn, 'apigateway.amazonaws.com', { sendsAccount: false });
    }
    const id = idOf(request);
    restApis.apis.set(id, { id, name, body, gatewayResponses: [], stages: [] });
    return { ref: id, attributes: { RestApiId: id, RootResourceId: idOf(request, 'root') } };
  },
  'AWS::ApiGateway::GatewayResponse': (request) => {
    const response = parseProperties(gatewayResponseSchema, request.properties);
    restApis.requireApi(response.RestApiId).gatewayResponses.push(request.properties);
    return { ref: idOf(request), attributes: {} };
  },
  'AWS::ApiGateway::Deployment': (request) => {
    const id = idOf(request);
    return { ref: id, attributes: { DeploymentId: id } };
  },
  'AWS::ApiGateway::Stage': ({ properties }) => {
    const { RestApiId, StageName } = parseProperties(stageSchema, properties);
    restApis.requireApi(RestApiId).stages.push({ name: StageName });
    return { ref: StageName, attributes: {} };
  },
  'AWS::ApiGateway::ApiKey': (request) => {
    const key = parseProperties(keySchema, request.properties);
    const id = idOf(request);
    restApis.keys.set(id, {
      id,
      name: key.Name ?? request.generatedName,
      value: key.Value ?? keptKeys[id] ?? randomBytes(20).toString('hex'),
      enabled: key.Enabled === true || key.Enabled === 'true',
    });
    return { ref: id, attributes: { APIKeyId: id } };
  },
  'AWS::ApiGateway::UsagePlan': (request) => {
    const { ApiStages } = parseProperties(planSchema, request.properties);
    const id = idOf(request);
    const stages = ApiStages.map(({ ApiId, Stage }) => ({ apiId: ApiId, stage: Stage }));
    restApis.plans.set(id, { id, stages, keyIds: [] });
    return { ref: id, attributes: { Id: id } };
  },
  'AWS::ApiGateway::UsagePlanKey': (request) => {
    const { KeyId, UsagePlanId } = parseProperties(planKeySchema, request.properties);
    const plan = restApis.plans.get(UsagePlanId);
    if (!plan) throw new Error(`there is no usage plan ${UsagePlanId}`);
    plan.keyIds.push(KeyId);
    return { ref: idOf(request), attributes: { Id: idOf(request) } };
  },
  // The role with which API Gateway writes its logs, one per account.
  'AWS::ApiGateway::Account': (request) => ({ ref: idOf(request), attributes: { Id: idOf(request) } }),
});

/** API Gateway's ids have ten small letters and digits. */
const idOf = ({ stackName, logicalId }: ResourceRequest, part = ''): string =>
  BigInt(`0x${createHash('sha256').update(`${stackName}/${logicalId}/${part}`).digest('hex')}`)
    .toString(36)
    .slice(0, 10);

/** Roles that the integrations of an OpenAPI document use. */
function credentialsIn(body: JsonObject): Set<string> {
  const found = new Set<string>();
  JSON.stringify(body, (key, value: unknown) => {
    if (key === 'credentials' && typeof value === 'string') found.add(value);
    return value;
  });
  return found;
}
