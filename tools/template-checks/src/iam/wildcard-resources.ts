import type { WildcardResource } from './wildcard-resource-problems.ts';

const REFERENCE = 'docs.aws.amazon.com/service-authorization/latest/reference';
const ECR = `No resource type in ${REFERENCE}/list_amazonelasticcontainerregistry.html: the token is for the registry.`;
const FUNCTION_IN_A_VPC =
  'Lambda makes the network interfaces of a function with the role of the function, before they have ids; ' +
  'docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html asks for these on every resource. The same role denies ' +
  'them to the code of the function, by lambda:SourceFunctionArn.';
const LOG_DELIVERY =
  `No resource type in ${REFERENCE}/list_amazoncloudwatchlogs.html. Step Functions sets up its log delivery with these, ` +
  'as docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html says, and refuses a state machine without them.';
const XRAY =
  `No resource type in ${REFERENCE}/list_awsx-ray.html: traces belong to the account. ` +
  'docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html asks for these.';

/** Actions that are given on every resource, since AWS has no other way. Each must still be in use. */
export const WILDCARD_RESOURCES: Readonly<Record<string, WildcardResource>> = {
  'ec2:AssignPrivateIpAddresses': { reason: FUNCTION_IN_A_VPC },
  'ec2:CreateNetworkInterface': { reason: FUNCTION_IN_A_VPC },
  'ec2:DeleteNetworkInterface': { reason: FUNCTION_IN_A_VPC },
  'ec2:DescribeNetworkInterfaces': { reason: FUNCTION_IN_A_VPC },
  'ec2:DescribeSubnets': { reason: FUNCTION_IN_A_VPC },
  'ec2:UnassignPrivateIpAddresses': { reason: FUNCTION_IN_A_VPC },
  'ecr:GetAuthorizationToken': { reason: ECR },
  'ecs:ListTasks': {
    reason:
      `Its only resource type in ${REFERENCE}/list_amazonelasticcontainerservice.html is a container instance, which ` +
      'Fargate has none of; the condition names the cluster.',
    onlyWithCondition: 'ecs:cluster',
  },
  'logs:CreateLogDelivery': { reason: LOG_DELIVERY },
  'logs:DeleteLogDelivery': { reason: LOG_DELIVERY },
  'logs:DescribeLogGroups': { reason: `Lists, and so is for all groups. ${LOG_DELIVERY}` },
  'logs:DescribeResourcePolicies': { reason: LOG_DELIVERY },
  'logs:GetLogDelivery': { reason: LOG_DELIVERY },
  'logs:ListLogDeliveries': { reason: LOG_DELIVERY },
  'logs:PutResourcePolicy': { reason: LOG_DELIVERY },
  'logs:UpdateLogDelivery': { reason: LOG_DELIVERY },
  'xray:GetSamplingRules': { reason: XRAY },
  'xray:GetSamplingTargets': { reason: XRAY },
  'xray:PutTelemetryRecords': { reason: XRAY },
  'xray:PutTraceSegments': { reason: XRAY },
};
