import type { ResourceHandlers } from './cloudformation/resource-handler.ts';
import { deployStacks, readStacks } from './cloudformation/deploy-assemblies.ts';
import type { DeployedStack } from './cloudformation/deploy-stack.ts';
import { nothingToRun } from './cloudformation/nothing-to-run.ts';
import { createEcs } from './ecs/ecs.ts';
import type { Account } from './endpoint/account.ts';
import { createAwsCallRouter } from './endpoint/aws-call-router.ts';
import { createDispatcher } from './endpoint/dispatcher.ts';
import { startHttpServer } from './endpoint/http-server.ts';
import { createAuthorizer } from './iam/authorizer.ts';
import { iamResources } from './iam/iam-resources.ts';
import { Roles } from './iam/roles.ts';
import { SessionCredentialsIssuer } from './iam/session-credentials.ts';
import { LogStore } from './logs/log-store.ts';
import { logsResources } from './logs/logs-resources.ts';
import { createLogsService } from './logs/logs-service.ts';
import { ParameterStore } from './ssm/parameter-store.ts';
import { ssmResources } from './ssm/ssm-resources.ts';
import { createSsmService } from './ssm/ssm-service.ts';

export interface LocalCloudOptions {
  /** `cdk.out` folders. */
  assemblies: readonly string[];
  /** 0 takes any free port. */
  port: number;
  /** `PATH` for containers and functions. */
  path: string;
  log: (line: string) => void;
  now?: () => Date;
}

export interface LocalCloud {
  account: Account;
  endpointUrl: string;
  stacks: DeployedStack[];
  /** Stops what runs and then the endpoint. */
  close(): Promise<void>;
}

/** Runs the stacks of synthesized assemblies. Throws `DeployError` with everything that cannot be run. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { log, path, now = () => new Date() } = options;
  const stacks = readStacks(options.assemblies);
  const account: Account = {
    accountId: stacks.find(({ accountId }) => accountId !== undefined)?.accountId ?? '000000000000',
    region: stacks.find(({ region }) => region !== undefined)?.region ?? 'us-east-1',
  };
  const roles = new Roles();
  const authorize = createAuthorizer(roles);
  const dispatcher = createDispatcher(authorize);
  const sessions = new SessionCredentialsIssuer(now);
  const logs = new LogStore(now);
  const parameters = new ParameterStore(now);
  let endpointUrl = '';
  const findParameter = (name: string): string | undefined => parameters.find(name)?.value;

  const ecs = createEcs({
    account,
    now,
    logs,
    roles,
    authorize,
    path,
    findParameter,
    emitEvent: () => undefined,
    endpointUrl: () => endpointUrl,
    issueCredentials: (roleArn, sessionName) => sessions.issue(roleArn, sessionName),
  });
  dispatcher.register(ecs.service);
  dispatcher.register(createSsmService({ account, store: parameters, authorizeDecrypt: () => undefined }));
  dispatcher.register(createLogsService(account, logs));

  const handlers: ResourceHandlers = {
    ...nothingToRun(account),
    ...ssmResources(parameters),
    ...logsResources(account, logs),
    ...iamResources(account, roles),
    ...ecs.resources,
  };
  const deployed = await deployStacks(stacks, { account, handlers, findParameter });

  const server = await startHttpServer({
    port: options.port,
    principalOf: (accessKeyId) => sessions.principalOf(accessKeyId),
    callAws: createAwsCallRouter({ dispatcher, httpServices: {}, log }),
    unsigned: {
      credentials: (request) => Promise.resolve(ecs.taskEndpoints.answerCredentials(request)),
      v4: (request) => Promise.resolve(ecs.taskEndpoints.answerMetadata(request)),
    },
    log,
  });
  endpointUrl = server.url;
  return {
    account,
    endpointUrl,
    stacks: deployed,
    close: async () => {
      await ecs.close();
      await server.close();
    },
  };
}
