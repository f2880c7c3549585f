import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonObject } from '../endpoint/service.ts';
import { createCloudFormationService } from './cloudformation-service.ts';
import type { DeployedStack } from './deploy-stack.ts';

const stack = (name: string): DeployedStack => ({
  name,
  stackId: `arn:aws:cloudformation:eu-central-1:111111111111:stack/${name}/0`,
  outputs: { Url: 'http://127.0.0.1:4566/restapis/x/v1', Plain: 'text' },
  outputDescriptions: { Url: 'Where it is' },
  resources: [
    { logicalId: 'Topic', physicalId: 'arn:topic', type: 'AWS::SNS::Topic' },
    { logicalId: 'Table', physicalId: `${name}-jobs`, type: 'AWS::DynamoDB::Table' },
  ],
});

const { actions } = createCloudFormationService([stack('one'), stack('two')], new Date('2026-11-25T06:00:00Z'));
const call = (action: string, input: JsonObject = {}): Promise<JsonObject> => {
  const run = actions[action];
  if (!run) throw new Error(`There is no ${action}.`);
  return run(input, { principal: { kind: 'account' }, requestId: 'id' });
};

describe('CloudFormation', () => {
  it('describes every stack, or one by its name or its id, with its outputs', async () => {
    expect((await call('DescribeStacks'))['Stacks']).toHaveLength(2);
    for (const StackName of ['two', stack('two').stackId]) {
      expect(await call('DescribeStacks', { StackName })).toEqual({
        Stacks: [
          expect.objectContaining({
            StackName: 'two',
            StackStatus: 'CREATE_COMPLETE',
            CreationTime: '2026-11-25T06:00:00.000Z',
            Outputs: [
              { OutputKey: 'Url', OutputValue: 'http://127.0.0.1:4566/restapis/x/v1', Description: 'Where it is' },
              { OutputKey: 'Plain', OutputValue: 'text' },
            ],
          }),
        ],
      });
    }
  });

  it.each(['DescribeStacks', 'DescribeStackResources', 'ListStackResources'])(
    'refuses %s of a stack that is not there as CloudFormation does',
    async (action) => {
      await expect(call(action, { StackName: 'three' })).rejects.toEqual(
        new AwsError('ValidationError', 'Stack with id three does not exist'),
      );
    },
  );

  it('lists stacks in a state that was asked for', async () => {
    const names = async (...StackStatusFilter: string[]) =>
      ((await call('ListStacks', { StackStatusFilter }))['StackSummaries'] as JsonObject[]).map(
        (each) => each['StackName'],
      );
    expect(await names('CREATE_COMPLETE', 'UPDATE_COMPLETE')).toEqual(['one', 'two']);
    expect(await names('DELETE_COMPLETE')).toEqual([]);
  });

  it('shows the resources of a stack, and the stack of a resource', async () => {
    const { StackResources } = await call('DescribeStackResources', { PhysicalResourceId: 'two-jobs' });
    expect(StackResources).toMatchObject([
      {
        StackName: 'two',
        LogicalResourceId: 'Topic',
        PhysicalResourceId: 'arn:topic',
        ResourceType: 'AWS::SNS::Topic',
      },
      { StackName: 'two', LogicalResourceId: 'Table' },
    ]);
    expect(await call('ListStackResources', { StackName: 'one' })).toMatchObject({
      StackResourceSummaries: [{ LogicalResourceId: 'Topic', LastUpdatedTimestamp: '2026-11-25T06:00:00.000Z' }, {}],
    });
  });
});
