import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { parseProperties } from '../cloudformation/resource-properties.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import type { JsonObject } from '../endpoint/service.ts';
import type { Permission } from '../iam/permission.ts';
import type { Roles } from '../iam/roles.ts';
import type { StepFunctions } from './step-functions.ts';

const stateMachineSchema = z.looseObject({
  StateMachineName: z.string().optional(),
  StateMachineType: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
  DefinitionString: z.string().optional(),
  Definition: z.record(z.string(), z.json()).optional(),
  DefinitionSubstitutions: z.record(z.string(), z.string()).default({}),
  RoleArn: z.string(),
});

export interface StateMachine {
  name: string;
  arn: string;
}

/** State machines of templates; each is also added to `machines`. */
export const statesResources = (
  stepFunctions: StepFunctions,
  roles: Roles,
  machines: StateMachine[],
): ResourceHandlers => ({
  'AWS::StepFunctions::StateMachine': ({ properties, generatedName }) => {
    const machine = parseProperties(stateMachineSchema, properties);
    const text = machine.DefinitionString ?? JSON.stringify(machine.Definition ?? {});
    roles.requireTrust(machine.RoleArn, 'states.amazonaws.com', { sendsAccount: true });
    const name = machine.StateMachineName ?? generatedName;
    const arn = stepFunctions.define({
      name,
      type: machine.StateMachineType,
      definition: text.replaceAll(/\$\{(\w+)\}/g, (all, key: string) => machine.DefinitionSubstitutions[key] ?? all),
      roleArn: machine.RoleArn,
    });
    machines.push({ name, arn });
    return { ref: arn, attributes: { Arn: arn, Name: name } };
  },
});

/** Step Functions behind the endpoint. */
export const createStatesService = (stepFunctions: StepFunctions): AwsService => ({
  name: 'states',
  actions: stepFunctions.actions,
  permissions: (action, input) => [{ action: `states:${action}`, resource: statesResource(stepFunctions, input) }],
});

/** A report on a task is a right on the state machine whose token it names. */
function statesResource(stepFunctions: StepFunctions, input: JsonObject): Permission['resource'] {
  const { executionArn, stateMachineArn, taskToken } = input;
  const named = [executionArn, stateMachineArn].find((arn) => typeof arn === 'string');
  if (named !== undefined) return named;
  return (typeof taskToken === 'string' ? stepFunctions.stateMachineOfToken(taskToken) : undefined) ?? '*';
}
