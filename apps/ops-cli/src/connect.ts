import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { createObjectStore, S3_CLIENT_DEFAULTS } from '@serverless-ops/object-store';
import type { Settings } from '@serverless-ops/settings';
import { createAwsJobs } from './jobs/aws-jobs.ts';
import type { Jobs } from './jobs/jobs.ts';
import { watchEndpoint } from './other-endpoint.ts';
import { createOpsParameterStore, type OpsParameterStore } from './parameter-store.ts';
import type { BackupCatalogue } from './surroundings.ts';

/** A person waits: what has not answered by then will not. Without the last, the SDK only warns, and waits on. */
const REQUEST_HANDLER = { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true };

/** The workflows behind the API have 25 s for an answer. */
const WORKFLOW_REQUEST_HANDLER = { ...REQUEST_HANDLER, requestTimeout: 30_000 };

export interface ConnectOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Receives a line when calls do not go to AWS. */
  readonly complain: (text: string) => void;
}

/** Parameter Store in the region of the settings, else that of the environment, else that of the AWS profile. */
export function connect(settings: Settings, { env, complain }: ConnectOptions): OpsParameterStore {
  const client = new SSMClient({ ...regionOf(settings, env), requestHandler: REQUEST_HANDLER });
  return createOpsParameterStore(client, watchEndpoint([client], env, complain));
}

/** The jobs of the installation of the settings, in the region that {@link connect} finds. */
export function connectJobs(settings: Settings, { env, complain }: ConnectOptions): Jobs {
  const region = regionOf(settings, env);
  const sts = new STSClient({ ...region, requestHandler: REQUEST_HANDLER });
  const stepFunctions = new SFNClient({
    ...{ ...region, requestHandler: WORKFLOW_REQUEST_HANDLER },
    // AWS has an address of its own for Express workflows that are waited for, and no other endpoint has.
    disableHostPrefix: ['AWS_ENDPOINT_URL_SFN', 'AWS_ENDPOINT_URL'].some((name) => env[name]),
  });
  const endpoint = watchEndpoint([sts, stepFunctions], env, complain);
  return createAwsJobs({ sts, stepFunctions, endpoint, namePrefix: settings.namePrefix, now: () => new Date() });
}

/** A bucket of backups, in the region that {@link connect} finds. */
export function connectStore(
  settings: Settings,
  bucket: string,
  { env }: Pick<ConnectOptions, 'env'>,
): BackupCatalogue {
  const client = new S3Client({ ...S3_CLIENT_DEFAULTS, ...regionOf(settings, env), requestHandler: REQUEST_HANDLER });
  return createObjectStore({ client, bucket });
}

function regionOf(settings: Settings, env: NodeJS.ProcessEnv): { region?: string } {
  // A variable that is empty chooses nothing.
  const region = [settings.region, env['AWS_REGION'], env['AWS_DEFAULT_REGION']].find((each) => each);
  return region === undefined ? {} : { region };
}
