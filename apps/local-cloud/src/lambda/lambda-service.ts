import { LAMBDA_LIMITS } from '@serverless-ops/aws-limits';
import { z } from 'zod';
import { type Account, arnOf } from '../endpoint/account.ts';
import { action } from '../endpoint/action.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import type { Json } from '../endpoint/service.ts';
import type { FunctionStates } from './function-states.ts';
import type { InvokeResult } from './invoke-function.ts';
import type { LambdaFunction } from './lambda-function.ts';

export interface LambdaServiceOptions {
  account: Account;
  functions: ReadonlyMap<string, LambdaFunction>;
  states: FunctionStates;
  invoke: (target: LambdaFunction, event: Json) => Promise<InvokeResult>;
}

/** Invoking functions and showing them. Payloads are JSON text, as on the wire. */
export function createLambdaService({ account, functions, states, invoke }: LambdaServiceOptions): AwsService {
  const arnOfFunction = (nameOrArn: string): string =>
    nameOrArn.startsWith('arn:') ? nameOrArn : arnOf(account, 'lambda', `function:${nameOrArn}`);

  const invokeAction = action(
    z.object({
      FunctionName: z.string(),
      Payload: z.string().default('{}'),
      InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).default('RequestResponse'),
    }),
    async ({ FunctionName, Payload, InvocationType }) => {
      const arn = arnOfFunction(FunctionName);
      const target = functions.get(arn);
      if (!target) throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
      if (Buffer.byteLength(Payload) > LAMBDA_LIMITS.synchronousPayloadBytes) {
        const message = `Request must be smaller than ${LAMBDA_LIMITS.synchronousPayloadBytes} bytes for the InvokeFunction operation`;
        throw new AwsError('RequestTooLargeException', message, 413);
      }
      const event = parsePayload(Payload);
      states.requireActive(arn);
      if (InvocationType === 'DryRun') return { StatusCode: 204 };
      const invocation = invoke(target, event);
      if (InvocationType === 'Event') return { StatusCode: 202 };
      const result = await invocation;
      return 'functionError' in result
        ? {
            StatusCode: 200,
            FunctionError: 'Unhandled',
            Payload: JSON.stringify(result.functionError),
            ExecutedVersion: '$LATEST',
          }
        : { StatusCode: 200, Payload: JSON.stringify(result.payload), ExecutedVersion: '$LATEST' };
    },
    'InvalidParameterValueException',
  );

  const listFunctions = action(z.object({}), () => ({
    Functions: [...functions.values()].map((each) => ({
      FunctionName: each.name,
      FunctionArn: each.arn,
      Handler: each.handler,
      Role: each.roleArn,
      Timeout: each.timeoutSeconds,
      MemorySize: each.memoryMib,
      Runtime: 'nodejs24.x',
      Version: '$LATEST',
      State: states.stateOf(each.arn),
    })),
  }));

  return {
    name: 'lambda',
    actions: { Invoke: invokeAction, ListFunctions: listFunctions },
    permissions: (actionName, { FunctionName }) =>
      actionName === 'Invoke' && typeof FunctionName === 'string'
        ? [{ action: 'lambda:InvokeFunction', resource: arnOfFunction(FunctionName) }]
        : [{ action: `lambda:${actionName}`, resource: '*' }],
  };
}

function parsePayload(payload: string): Json {
  try {
    return JSON.parse(payload === '' ? '{}' : payload) as Json;
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}
