import type { OpsStack } from '@serverless-ops/cdk-kit';
import type { JobRequest } from '@serverless-ops/job-schemas';
import { CfnOutput } from 'aws-cdk-lib';
import type { RestApi } from './rest-api.ts';

/** What a person needs to call the API, as commands to paste. No template has the key itself. */
export function createOutputs(stack: OpsStack, { api, apiKey }: RestApi): void {
  const url = api.urlForPath().replace(/\/$/, '');
  new CfnOutput(stack, 'ApiUrl', { value: url });
  new CfnOutput(stack, 'ApiKeyId', { value: apiKey.keyId });
  new CfnOutput(stack, 'GetApiKeyCommand', {
    description: 'Prints the API key',
    value: `aws apigateway get-api-key --include-value --query value --output text --api-key ${apiKey.keyId}`,
  });
  new CfnOutput(stack, 'StartJobCommand', {
    description: 'Starts a backup; API_KEY is what the command above prints',
    value: `curl -X POST ${url}/jobs -H "x-api-key: $API_KEY" -H 'Content-Type: application/json' -d '${JSON.stringify(exampleOrder(stack))}'`,
  });
}

/** An order that changes nothing but one folder of backups. */
function exampleOrder({ exampleDatabase }: OpsStack): JobRequest {
  const { dbName, dbEnv } = exampleDatabase;
  return { job_name: 'db_backup', job_options: { db_name: dbName, db_env: dbEnv } };
}
