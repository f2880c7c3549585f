import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';

/** What every client is made with. Absent: what the environment says. */
export interface ClientConfig {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The services that the checks ask. */
export interface AwsClients {
  readonly apiGateway: APIGatewayClient;
  readonly cloudFormation: CloudFormationClient;
  readonly ecs: ECSClient;
  readonly logs: CloudWatchLogsClient;
  readonly sfn: SFNClient;
  readonly sns: SNSClient;
  readonly ssm: SSMClient;
}

/** Clients of AWS, or of what AWS_ENDPOINT_URL names. */
export function createAwsClients(config: ClientConfig): AwsClients {
  return {
    apiGateway: new APIGatewayClient(config),
    cloudFormation: new CloudFormationClient(config),
    ecs: new ECSClient(config),
    logs: new CloudWatchLogsClient(config),
    sfn: new SFNClient(config),
    sns: new SNSClient(config),
    ssm: new SSMClient(config),
  };
}
