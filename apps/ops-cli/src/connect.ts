import { SSMClient } from '@aws-sdk/client-ssm';
import type { Settings } from '@serverless-ops/settings';
import { watchEndpoint } from './other-endpoint.ts';
import { createOpsParameterStore, type OpsParameterStore } from './parameter-store.ts';

/** A person waits: what has not answered by then will not. */
const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 20_000;

/**
 * Parameter Store in the region of the settings, else that of the environment, else that of the AWS profile. `complain`
 * receives a line when that is not at AWS.
 */
export function connect(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  complain: (text: string) => void,
): OpsParameterStore {
  // A variable that is empty chooses nothing.
  const region = [settings.region, env['AWS_REGION'], env['AWS_DEFAULT_REGION']].find((each) => each);
  const client = new SSMClient({
    ...(region !== undefined && { region }),
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
  });
  return createOpsParameterStore(client, watchEndpoint(client, env, complain));
}
