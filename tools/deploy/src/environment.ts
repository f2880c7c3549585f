import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { IAMClient } from '@aws-sdk/client-iam';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Settings } from '@serverless-ops/settings';
import { describeAwsProblem } from '@serverless-ops/aws-problem';
import { createDeployRecords, type DeployRecords } from './deploy-records.ts';
import { createEnsureEcsServiceRole, type EnsureEcsServiceRole } from './ecs-service-role.ts';
import { NotReadyError } from './errors.ts';
import { createDeployParameterStore, type DeployParameterStore } from './parameter-store.ts';
import { createPrograms, type Programs } from './programs.ts';
import { createFindStackStatus, type FindStackStatus } from './stack-status.ts';

/** Where to deploy to, and with what. */
export interface Environment {
  readonly store: DeployParameterStore;
  readonly records: DeployRecords;
  /** They get to see the region that was chosen. */
  readonly programs: Programs;
  readonly findStackStatus: FindStackStatus;
  readonly ensureEcsServiceRole: EnsureEcsServiceRole;
}

/**
 * The region of the settings, else that of the environment, else that of the AWS profile: one for us and for CDK, which
 * would take us-east-1 when none is chosen.
 *
 * @throws NotReadyError when none is chosen.
 */
export async function connect(workspaceRoot: string, settings: Settings, env: NodeJS.ProcessEnv): Promise<Environment> {
  // A variable that is empty chooses nothing.
  const chosen = [settings.region, env['AWS_REGION'], env['AWS_DEFAULT_REGION']].find((each) => each);
  const config = { ...(chosen !== undefined && { region: chosen }) };
  const client = new SSMClient(config);
  const store = createDeployParameterStore(client);
  return {
    store,
    records: createDeployRecords(store, settings.parameterPrefix),
    findStackStatus: createFindStackStatus(new CloudFormationClient(config)),
    ensureEcsServiceRole: createEnsureEcsServiceRole(new IAMClient(config)),
    programs: createPrograms(workspaceRoot, { ...env, AWS_REGION: await regionOf(client) }),
  };
}

async function regionOf(client: SSMClient): Promise<string> {
  try {
    return await client.config.region();
  } catch (cause) {
    throw new NotReadyError(describeAwsProblem(cause, 'choose a region'), { cause });
  }
}
