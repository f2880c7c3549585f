export { createAslStateMachine, type AslStateMachineProps } from './asl-state-machine.ts';
export { createApp } from './create-app.ts';
export { createDatabaseClientSecurityGroup } from './database-client-security-group.ts';
export { foundationSubnetIds, foundationValue } from './foundation-value.ts';
export { createLogGroup } from './log-group.ts';
export { createNodeFunction, type FunctionVpc, type NodeFunctionProps } from './node-function.ts';
export { OpsStack } from './ops-stack.ts';
export { readReferredSecrets } from './read-referred-secrets.ts';
export {
  onlyResource,
  readableTemplate,
  statementsOfRole,
  type ReadableResource,
  type ReadableTemplate,
} from './readable-template.ts';
export { createServiceRole, type ServiceRoleProps } from './service-role.ts';
export { arnOfExecutions, arnOfStateMachine } from './state-machine-arn.ts';
export { synthesize } from './synthesize.ts';
export { useKeyThrough } from './use-key-through.ts';
