import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { arnOf } from '../endpoint/account.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import type { Json } from '../endpoint/service.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Roles } from '../iam/roles.ts';
import { matchesWildcard } from '../iam/wildcard.ts';
import type { LogStore } from '../logs/log-store.ts';
import { FunctionStates } from './function-states.ts';
import { invokeFunction, type InvokeOptions, type InvokeResult } from './invoke-function.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { lambdaResources } from './lambda-resources.ts';
import { createLambdaService } from './lambda-service.ts';

export interface LambdaOptions extends Omit<InvokeOptions, 'writeLog'> {
  authorize: Authorize;
  logs: LogStore;
  roles: Roles;
  log: (line: string) => void;
}

export interface Lambda {
  service: AwsService;
  resources: ResourceHandlers;
  /** Makes a function inactive, as after weeks without a call; false when no function has this name. */
  makeInactive(functionName: string): boolean;
  /** Invokes a function for another service, as far as its policy lets that service. Rejects when the function fails. */
  invokeForService(functionArn: string, event: Json, servicePrincipal: string, sourceArn: string): Promise<void>;
  /** Waits for the invocations that still run. */
  close(): Promise<void>;
}

/** Lambda, its functions being child processes of this one. */
export function createLambda(options: LambdaOptions): Lambda {
  const { account, authorize, logs, log, roles } = options;
  const functions = new Map<string, LambdaFunction>();
  const states = new FunctionStates(options.now);
  const running = new Set<Promise<InvokeResult>>();

  const writeLog: InvokeOptions['writeLog'] = ({ logGroup, name, roleArn }, streamName, line) => {
    const principal = { kind: 'role', roleArn, sessionName: name } as const;
    const resource = arnOf(account, 'logs', `log-group:${logGroup}:log-stream:${streamName}`);
    try {
      if (!logs.hasGroup(logGroup)) {
        authorize(principal, {
          action: 'logs:CreateLogGroup',
          resource: arnOf(account, 'logs', `log-group:${logGroup}`),
        });
        logs.createGroup({ name: logGroup });
      }
      for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) authorize(principal, { action, resource });
      logs.write(logGroup, streamName, line);
    } catch (error) {
      // On AWS the line would be lost without a word.
      log(`lambda ${name} cannot write its log: ${error instanceof Error ? error.message : String(error)}: ${line}`);
    }
  };

  const invoke = (target: LambdaFunction, event: Json): Promise<InvokeResult> => {
    const invocation = invokeFunction(target, event, { ...options, writeLog }).finally(() =>
      running.delete(invocation),
    );
    running.add(invocation);
    return invocation;
  };

  return {
    service: createLambdaService({ account, functions, states, invoke }),
    makeInactive: (name) => {
      const target = [...functions.values()].find((each) => each.name === name);
      if (target) states.makeInactive(target.arn);
      return target !== undefined;
    },
    resources: lambdaResources(account, functions, roles),
    async invokeForService(functionArn, event, servicePrincipal, sourceArn) {
      const target = functions.get(functionArn);
      if (!target) throw new Error(`there is no function ${functionArn}`);
      const permitted = target.permissions.some(
        ({ principal, sourceArn: allowed }) =>
          principal === servicePrincipal && (allowed === undefined || matchesWildcard(allowed, sourceArn)),
      );
      if (!permitted)
        throw new Error(`the function's policy does not let ${servicePrincipal} invoke it for ${sourceArn}`);
      const result = await invoke(target, event);
      if ('functionError' in result)
        throw new Error(`${result.functionError.errorType}: ${result.functionError.errorMessage}`);
    },
    close: async () => {
      await Promise.all(running);
    },
  };
}
