import { createServices, type Existing } from './create-services.ts';
import { copyAssemblies } from './cloudformation/copied-assemblies.ts';
import { deployStacks, readStacks } from './cloudformation/deploy-assemblies.ts';
import type { DeployedStack } from './cloudformation/deploy-stack.ts';
import { accountOf } from './cloudformation/stack-account.ts';
import type { Account } from './endpoint/account.ts';
import { createAwsCallRouter } from './endpoint/aws-call-router.ts';
import { startHttpServer } from './endpoint/http-server.ts';
import { KeptState } from './kept-state.ts';
import { withLocalUrls } from './api-gateway/local-urls.ts';
import type { ApiKey, RestApi } from './api-gateway/rest-apis.ts';
import { openStages } from './api-gateway/stages-http.ts';
import type { StateMachine } from './step-functions/states-service.ts';

export interface LocalCloudOptions {
  /** `cdk.out` folders. */
  assemblies: readonly string[];
  /** 0 takes any free port. */
  port: number;
  /** `PATH` for containers and functions. */
  path: string;
  lambdaRuntimePath: string;
  /** Before every retry of a state. @default what the state machine says */
  retryIntervalMs?: number | undefined;
  /** Keys of APIs and parameters that were put by calls outlive the cloud here. @default - nothing is kept */
  keepFolder?: string | undefined;
  /** What the stacks name and do not make. @default - nothing */
  existing?: Existing | undefined;
  log: (line: string) => void;
  now?: () => Date;
}

export interface LocalCloud {
  account: Account;
  endpointUrl: string;
  /** With the URLs of REST APIs as they are here. */
  stacks: DeployedStack[];
  stateMachines: readonly StateMachine[];
  restApis: RestApi[];
  apiKeys: ApiKey[];
  /** Stops what runs and then the endpoint. */
  close(): Promise<void>;
}

/** Runs the stacks of synthesized assemblies. Throws `DeployError` with everything that cannot be run. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const copies = copyAssemblies(options.assemblies);
  try {
    return await startFromCopies({ ...options, assemblies: copies.folders }, copies.remove);
  } catch (error) {
    copies.remove();
    throw error;
  }
}

async function startFromCopies(options: LocalCloudOptions, removeCopies: () => void): Promise<LocalCloud> {
  const { log, port, keepFolder, now = () => new Date() } = options;
  const stacks = readStacks(options.assemblies);
  const account = accountOf(stacks);
  const kept = keepFolder === undefined ? undefined : KeptState.open(keepFolder);
  let endpointUrl = '';
  const services = await createServices({ ...options, account, kept, now, endpointUrl: () => endpointUrl });
  try {
    if (options.existing) services.provide(options.existing);
    const deployed = await deployStacks(stacks, { account, ...services });
    if (kept) services.takeUp(kept);
    const { restApis, dispatcher } = services;
    const stages = openStages({ account, restApis, callService: dispatcher.callService, log });
    const server = await startHttpServer({
      port,
      principalOf: services.principalOf,
      callAws: createAwsCallRouter({ ...services, log }),
      streamingServices: services.streamingServices,
      unsigned: { ...stages, ...services.unsigned },
      log,
    });
    endpointUrl = server.url;
    const shown = withLocalUrls(deployed, endpointUrl);
    services.showStacks(shown);
    return {
      account,
      endpointUrl,
      stacks: shown,
      stateMachines: services.stateMachines,
      restApis: [...services.restApis.apis.values()],
      apiKeys: [...services.restApis.keys.values()],
      close: async () => {
        await services.close();
        await server.close();
        removeCopies();
      },
    };
  } catch (error) {
    await services.close();
    throw error;
  }
}
