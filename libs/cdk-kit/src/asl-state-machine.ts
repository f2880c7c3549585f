import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { createLogGroup } from './log-group.ts';
import type { OpsStack } from './ops-stack.ts';
import { createServiceRole } from './service-role.ts';

export interface AslStateMachineProps {
  readonly stateMachineName: string;
  readonly logGroupName: string;
  /** Amazon States Language, as data. Its strings may have values that CloudFormation fills in at deploy. */
  readonly definition: object;
  /** What its states may do; writing its own log and traces is added. */
  readonly statements: readonly PolicyStatement[];
  /** @default STANDARD */
  readonly type?: StateMachineType;
}

/**
 * A state machine from its States Language, with a log group and a role of its own. Every event is logged, but never
 * what states were given and gave: that may be confidential, and logs are read by more people than executions.
 */
export function createAslStateMachine(stack: OpsStack, id: string, props: AslStateMachineProps): StateMachine {
  return new StateMachine(stack, id, {
    stateMachineName: props.stateMachineName,
    stateMachineType: props.type ?? StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromString(stack.toJsonString(props.definition)),
    role: createServiceRole(stack, `${id}Role`, {
      service: 'states',
      description: `What the states of ${props.stateMachineName} may do`,
      statements: props.statements,
    }),
    // CDK gives the role log delivery and X-Ray on "*": neither service knows a narrower resource.
    logs: {
      destination: createLogGroup(stack, `${id}Logs`, props.logGroupName),
      level: LogLevel.ALL,
      includeExecutionData: false,
    },
    tracingEnabled: true,
  });
}
