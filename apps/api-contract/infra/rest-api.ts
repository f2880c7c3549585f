import { createLogGroup, type OpsStack } from '@serverless-ops/cdk-kit';
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiDefinition,
  EndpointType,
  LogGroupLogDestination,
  SpecRestApi,
  type IApiKey,
  type SpecRestApiProps,
} from 'aws-cdk-lib/aws-apigateway';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { openApiDocument } from '../contract/openapi-document.ts';
import { ACCESS_LOG_FORMAT } from './access-log-format.ts';
import { deployedPlace } from './deployed-place.ts';

const STAGE = 'v1';

/**
 * Requests a second and at once, of one API key. A status call is one DescribeExecution, of which an account has 10 a
 * second after the first 250 in most regions.
 */
const THROTTLE = { rateLimit: 10, burstLimit: 50 };

export interface RestApi {
  readonly api: SpecRestApi;
  readonly apiKey: IApiKey;
}

/** The API from its document, its stage, and the first API key. */
export function createRestApi(stack: OpsStack, role: IRole): RestApi {
  const accessLog = createLogGroup(stack, 'AccessLog', stack.names.logGroups.apiAccess);
  const api = new SpecRestApi(stack, 'Api', {
    restApiName: stack.names.api,
    apiDefinition: ApiDefinition.fromInline(openApiDocument({ ...deployedPlace(stack), roleArn: role.roleArn })),
    endpointTypes: [EndpointType.REGIONAL],
    ...accountLoggingRole(stack),
    deployOptions: {
      stageName: STAGE,
      accessLogDestination: new LogGroupLogDestination(accessLog),
      // No execution log: API Gateway would make a log group for it that never expires and outlives the stack.
      accessLogFormat: AccessLogFormat.custom(ACCESS_LOG_FORMAT),
      metricsEnabled: true,
      tracingEnabled: true,
    },
  });
  // CDK's own output of the URL, under a name with a hash in it: ours is in createOutputs.
  api.node.tryRemoveChild('Endpoint');
  const apiKey = api.addApiKey('ApiKey', { apiKeyName: stack.names.api, description: 'The first key of the REST API' });
  const plan = api.addUsagePlan('UsagePlan', { name: stack.names.api, throttle: THROTTLE });
  plan.addApiStage({ stage: api.deploymentStage });
  plan.addApiKey(apiKey);
  return { api, apiKey };
}

/**
 * API Gateway refuses an access log in an account without a logging role. There is one per account and region, shared
 * with every other API: one that the deploy made stays when the stack goes.
 */
function accountLoggingRole(stack: OpsStack): Pick<SpecRestApiProps, 'cloudWatchRole' | 'cloudWatchRoleRemovalPolicy'> {
  if (stack.settings.api.accountLoggingRole === 'existing') return { cloudWatchRole: false };
  return { cloudWatchRole: true, cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN };
}
