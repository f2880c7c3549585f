import { z } from 'zod';
import { action as anyAction } from '../endpoint/action.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import { page } from '../endpoint/page.ts';
import type { DeployedStack } from './deploy-stack.ts';

/** A stack as it is when a deploy of it has ended. */
const STATUS = 'CREATE_COMPLETE';

/** CloudFormation answers pages of this many; the API model of botocore says 1 MB or 100 summaries. */
const PAGE_SIZE = 100;

const token = z.string().optional();
const action: typeof anyAction = (schema, run) => anyAction(schema, run, 'ValidationError');

/** CloudFormation: what shows the stacks that run. Nothing can be deployed or deleted through it. */
export function createCloudFormationService(stacks: readonly DeployedStack[], deployedAt: Date): AwsService {
  const time = deployedAt.toISOString();

  /** CloudFormation takes a name or an ARN for a name. */
  const requireStack = (nameOrId: string): DeployedStack => {
    const stack = stacks.find(({ name, stackId }) => name === nameOrId || stackId === nameOrId);
    if (!stack) throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
    return stack;
  };

  const describeStacks = action(z.object({ StackName: z.string().optional(), NextToken: token }), (input) => {
    const wanted = input.StackName === undefined ? stacks : [requireStack(input.StackName)];
    const { items, nextToken } = pageOf(wanted, input.NextToken);
    return { Stacks: items.map((stack) => describeStack(stack, time)), NextToken: nextToken };
  });

  const listStacks = action(
    z.object({ StackStatusFilter: z.array(z.string()).default([STATUS]), NextToken: token }),
    (input) => {
      const { items, nextToken } = pageOf(input.StackStatusFilter.includes(STATUS) ? stacks : [], input.NextToken);
      const summaries = items.map(({ name, stackId }) => ({
        StackName: name,
        StackId: stackId,
        CreationTime: time,
        StackStatus: STATUS,
      }));
      return { StackSummaries: summaries, NextToken: nextToken };
    },
  );

  const describeStackResources = action(
    z.object({
      StackName: z.string().optional(),
      LogicalResourceId: z.string().optional(),
      PhysicalResourceId: z.string().optional(),
    }),
    ({ StackName, LogicalResourceId, PhysicalResourceId }) => {
      const owner = stacks.find(({ resources }) => resources.some((each) => each.physicalId === PhysicalResourceId));
      const stack = StackName === undefined && owner ? owner : requireStack(StackName ?? PhysicalResourceId ?? '');
      const found = describeResources(stack, time).filter(
        (each) => LogicalResourceId === undefined || each.LogicalResourceId === LogicalResourceId,
      );
      return { StackResources: found.map((each) => ({ ...each, StackName: stack.name, StackId: stack.stackId })) };
    },
  );

  const listStackResources = action(z.object({ StackName: z.string(), NextToken: token }), (input) => {
    const { items, nextToken } = pageOf(describeResources(requireStack(input.StackName), time), input.NextToken);
    const summaries = items.map(({ Timestamp, ...each }) => ({ ...each, LastUpdatedTimestamp: Timestamp }));
    return { StackResourceSummaries: summaries, NextToken: nextToken };
  });

  return {
    name: 'cloudformation',
    actions: {
      DescribeStacks: describeStacks,
      ListStacks: listStacks,
      DescribeStackResources: describeStackResources,
      ListStackResources: listStackResources,
    },
    permissions: (actionName, { StackName }) => {
      const named = stacks.find(({ name, stackId }) => name === StackName || stackId === StackName);
      return [{ action: `cloudformation:${actionName}`, resource: named?.stackId ?? '*' }];
    },
  };
}

const pageOf = <Item>(items: readonly Item[], nextToken: string | undefined) =>
  page(items, { size: PAGE_SIZE, token: nextToken }, 'ValidationError');

const describeStack = ({ name, stackId, outputs, outputDescriptions }: DeployedStack, time: string) => ({
  StackId: stackId,
  StackName: name,
  CreationTime: time,
  RollbackConfiguration: {},
  StackStatus: STATUS,
  DisableRollback: false,
  NotificationARNs: [],
  Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
  Outputs: Object.entries(outputs).map(([key, value]) => ({
    OutputKey: key,
    OutputValue: value,
    Description: outputDescriptions[key],
  })),
  Tags: [],
  EnableTerminationProtection: false,
  DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
});

const describeResources = ({ resources }: DeployedStack, time: string) =>
  resources.map(({ logicalId, physicalId, type }) => ({
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: time,
    ResourceStatus: STATUS,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  }));
