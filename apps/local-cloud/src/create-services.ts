import { createCloudFormationService } from './cloudformation/cloudformation-service.ts';
import type { DeployedStack } from './cloudformation/deploy-stack.ts';
import type { ResourceHandlers } from './cloudformation/resource-handler.ts';
import { nothingToRun } from './cloudformation/nothing-to-run.ts';
import { startDynamoDb } from './dynamodb/dynamodb.ts';
import { createEcs } from './ecs/ecs.ts';
import type { Account } from './endpoint/account.ts';
import type { HttpService } from './endpoint/aws-call-router.ts';
import { createDispatcher, type Dispatcher } from './endpoint/dispatcher.ts';
import type { HttpAnswer, HttpRequest } from './endpoint/http-exchange.ts';
import type { StreamingService } from './endpoint/http-server.ts';
import { createDelivery } from './events/delivery.ts';
import { EventBus } from './events/event-bus.ts';
import { eventsResources } from './events/events-resources.ts';
import { createEventsService } from './events/events-service.ts';
import type { Rule } from './events/rule.ts';
import { createAuthorizer } from './iam/authorizer.ts';
import { iamResources } from './iam/iam-resources.ts';
import { Roles } from './iam/roles.ts';
import { SessionCredentialsIssuer } from './iam/session-credentials.ts';
import type { KeptState } from './kept-state.ts';
import { createKeyAuthorizer } from './kms/key-authorizer.ts';
import { Keys } from './kms/keys.ts';
import { createKmsService, kmsResources } from './kms/kms.ts';
import { createLambda } from './lambda/lambda.ts';
import { createLambdaHttp } from './lambda/lambda-http.ts';
import { LogStore } from './logs/log-store.ts';
import { logsResources } from './logs/logs-resources.ts';
import { createLogsService } from './logs/logs-service.ts';
import { RestApis } from './api-gateway/rest-apis.ts';
import { createRestApisControlHttp } from './api-gateway/rest-apis-control-http.ts';
import { restApisResources } from './api-gateway/rest-apis-resources.ts';
import { createS3 } from './s3/s3.ts';
import { createSns } from './sns/sns.ts';
import { createSsm } from './ssm/ssm.ts';
import { createStatesService, type StateMachine, statesResources } from './step-functions/states-service.ts';
import { createStepFunctions } from './step-functions/step-functions.ts';
import { createStsService } from './sts/sts-service.ts';

export interface ServicesOptions {
  account: Account;
  endpointUrl: () => string;
  /** `PATH` for containers and functions. */
  path: string;
  lambdaRuntimePath: string;
  retryIntervalMs?: number | undefined;
  /** @default - nothing is kept */
  kept?: KeptState | undefined;
  log: (line: string) => void;
  now: () => Date;
}

/** What an account has that no stack makes: the stacks name it, and make nothing in its place. */
export interface Existing {
  buckets: readonly string[];
  clusters: readonly string[];
}

/** Every service of the cloud, wired to each other. */
export interface Services {
  dispatcher: Dispatcher;
  principalOf: SessionCredentialsIssuer['principalOf'];
  httpServices: Readonly<Record<string, HttpService>>;
  streamingServices: Readonly<Record<string, StreamingService>>;
  unsigned: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>>;
  handlers: ResourceHandlers;
  findParameter: (name: string) => string | undefined;
  restApis: RestApis;
  stateMachines: readonly StateMachine[];
  /** Makes what an account has besides the stacks. */
  provide: (existing: Existing) => void;
  /** Shows these stacks as deployed. */
  showStacks: (stacks: readonly DeployedStack[]) => void;
  /** Takes up what an earlier start left, once the stacks are deployed. */
  takeUp: (kept: KeptState) => void;
  close(): Promise<void>;
}

export async function createServices(options: ServicesOptions): Promise<Services> {
  const { account, log, now } = options;
  const roles = new Roles();
  const authorize = createAuthorizer(roles);
  const sessions = new SessionCredentialsIssuer(now);
  const keys = new Keys();
  const logs = new LogStore(now);
  const rules: Rule[] = [];
  const restApis = new RestApis();
  const stateMachines: StateMachine[] = [];
  const stacks: DeployedStack[] = [];
  const dispatcher = createDispatcher(authorize);
  const shared = {
    ...options,
    roles,
    authorize,
    logs,
    authorizeKey: createKeyAuthorizer(account, keys, authorize),
    issueCredentials: (roleArn: string, sessionName: string) => sessions.issue(roleArn, sessionName),
  };

  const bus: EventBus = new EventBus({ ...shared, rules, deliver: (...delivery) => deliver(...delivery) });
  const ssm = createSsm(shared);
  const sns = createSns(shared);
  const s3 = createS3(shared);
  const dynamodb = await startDynamoDb(account);
  const lambda = createLambda({ ...shared, runtimePath: options.lambdaRuntimePath });
  const ecs = createEcs({ ...shared, findParameter: ssm.findParameter, emitEvent: bus.emit });
  const stepFunctions = createStepFunctions({
    ...account,
    callService: dispatcher.callService,
    emitEvent: bus.emit,
    retryIntervalMs: options.retryIntervalMs,
  });
  const deliver = createDelivery({ lambda, sns, callService: dispatcher.callService });

  for (const service of [
    createCloudFormationService(stacks, now()),
    createEventsService(account, rules, bus.emit),
    createKmsService(account, keys),
    createLogsService(account, logs),
    createStatesService(stepFunctions),
    createStsService(account),
    ...[dynamodb, ecs, lambda, sns, ssm].map((each) => each.service),
  ]) {
    dispatcher.register(service);
  }

  return {
    dispatcher,
    principalOf: (accessKeyId) => sessions.principalOf(accessKeyId),
    httpServices: {
      lambda: createLambdaHttp(dispatcher, log),
      apigateway: createRestApisControlHttp({ ...shared, restApis }),
    },
    streamingServices: { s3: s3.http },
    unsigned: {
      credentials: (request) => Promise.resolve(ecs.taskEndpoints.answerCredentials(request)),
      // For tests of what is retried: `POST /local-cloud/idle-functions/<name>`.
      'local-cloud': ({ method, path }) => {
        const [, , collection, name = ''] = path.split('/');
        const isDone = method === 'POST' && collection === 'idle-functions' && lambda.makeInactive(name);
        return Promise.resolve({ status: isDone ? 204 : 404, headers: {}, body: '' });
      },
      v4: (request) => Promise.resolve(ecs.taskEndpoints.answerMetadata(request)),
    },
    handlers: {
      ...nothingToRun(account),
      ...iamResources(account, roles),
      ...kmsResources(account, keys),
      ...logsResources(account, logs),
      ...eventsResources(account, rules),
      ...restApisResources(restApis, roles, options.kept?.apiKeys ?? {}),
      ...statesResources(stepFunctions, roles, stateMachines),
      ...dynamodb.resources,
      ...ecs.resources,
      ...lambda.resources,
      ...s3.resources,
      ...sns.resources,
      ...ssm.resources,
    },
    findParameter: ssm.findParameter,
    restApis,
    stateMachines,
    provide: ({ buckets, clusters }) => {
      for (const name of buckets) s3.createBucket(name);
      for (const name of clusters) ecs.createCluster(name);
    },
    takeUp: (kept) => {
      ssm.keep(kept);
      kept.save({ apiKeys: Object.fromEntries([...restApis.keys.values()].map(({ id, value }) => [id, value])) });
    },
    showStacks: (deployed) => void stacks.push(...deployed),
    close: async () => {
      // First, so that nothing is started by the end of something else.
      await bus.close();
      await Promise.all([ecs.close(), stepFunctions.close(), lambda.close()]);
      await dynamodb.close();
      s3.close();
    },
  };
}
