import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@serverless-ops/settings';
import { Duration, Fn } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import {
  createApp,
  createAslStateMachine,
  createDatabaseClientSecurityGroup,
  createLogGroup,
  createNodeFunction,
  createServiceRole,
  foundationSubnetIds,
  foundationValue,
  onlyResource,
  OpsStack,
  readableTemplate,
  statementsOfRole,
} from './index.ts';

// The first synth compiles CDK's template validator, which takes long on a busy machine.
jest.setTimeout(60_000);

const publish = new PolicyStatement({ actions: ['sns:Publish'], resources: ['arn:aws:sns:eu-west-1:111122223333:t'] });
const PUBLISH = 'Allow sns:Publish on arn:aws:sns:eu-west-1:111122223333:t';

function stackOf(settings = ''): OpsStack {
  return new OpsStack(createApp(), parseSettings(settings), 'api', 'A stack');
}

describe('a stack', () => {
  it('is named and tagged after the prefix, and deployed wherever the credentials lead', () => {
    const stack = stackOf('global: { name_prefix: ops }');

    expect(stack.stackName).toBe('ops-api');
    expect(stack.environment).toBe('aws://unknown-account/unknown-region');
    expect(stack.tags.tagValues()).toEqual({ application: 'ops' });
  });

  it('is deployed to the account and region of the settings', () => {
    const stack = stackOf("global: { account: '111122223333', region: eu-west-1 }");

    expect(stack.environment).toBe('aws://111122223333/eu-west-1');
  });

  it('knows the bucket for backups: made by the deploy, or named in the settings', () => {
    const place = "global: { account: '111122223333', region: eu-west-1 }\n";

    expect(stackOf(place).backupBucketName).toBe('serverlessops-backups-111122223333-eu-west-1');
    expect(stackOf(`${place}backups: { bucket: vault }`).backupBucketName).toBe('vault');
  });

  it('carries the tags of the settings beside its own, or with another value for that', () => {
    const tagsOf = (tags: string): Record<string, string> =>
      stackOf(`global: { name_prefix: ops, tags: ${tags} }`).tags.tagValues();

    expect(tagsOf("{ team: operations, 'cost center': '4711' }")).toEqual({
      application: 'ops',
      team: 'operations',
      'cost center': '4711',
    });
    expect(tagsOf('{ application: shop }')).toEqual({ application: 'shop' });
  });

  it('works in the cluster of the installation, or in the one that the settings name', () => {
    expect(stackOf('global: { name_prefix: ops }').names.cluster).toBe('ops');
    expect(stackOf('global: { name_prefix: ops, cluster: shared }').names.cluster).toBe('shared');
  });

  it.each([
    ['by name', 'ops-boundary', 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/ops-boundary'],
    ['by ARN', 'arn:aws:iam::111122223333:policy/ops', 'arn:aws:iam::111122223333:policy/ops'],
  ])('lets no role exceed the policy that the settings name %s', (_, policy, expected) => {
    const stack = stackOf(`global: { permissions_boundary: '${policy}' }`);
    createServiceRole(stack, 'OfOurs', { service: 'states', description: 'Tells', statements: [publish] });
    new Role(stack, 'OfCdk', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

    const roles = Object.values(readableTemplate(stack).Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');

    expect(roles.map(({ Properties }) => Properties['PermissionsBoundary'])).toEqual([expected, expected]);
  });

  it('gives its roles no boundary when the settings name none', () => {
    const stack = stackOf();
    createServiceRole(stack, 'Role', { service: 'states', description: 'Tells', statements: [publish] });

    expect(onlyResource(readableTemplate(stack), 'AWS::IAM::Role')).not.toHaveProperty('PermissionsBoundary');
  });

  it('has nothing in its template but what it was given, and what CDK needs for its bootstrap check', () => {
    const stack = stackOf();
    createLogGroup(stack, 'Logs', '/ops/logs');

    const { Resources, Parameters } = readableTemplate(stack);

    expect(Object.values(Resources)).toEqual([
      {
        Type: 'AWS::Logs::LogGroup',
        Properties: { LogGroupName: '/ops/logs', RetentionInDays: 90 },
        UpdateReplacePolicy: 'Delete',
        DeletionPolicy: 'Delete',
      },
    ]);
    expect(Object.keys(Parameters)).toEqual(['BootstrapVersion']);
  });
});

describe('values of Foundation', () => {
  it('are read from Parameter Store by CloudFormation', () => {
    const stack = stackOf('global: { parameter_prefix: /ops }');
    createLogGroup(stack, 'Key', foundationValue(stack, 'keyArn'));
    createLogGroup(stack, 'SameKey', `${foundationValue(stack, 'keyArn')}-again`);
    createLogGroup(stack, 'Subnets', Fn.join(',', foundationSubnetIds(stack)));

    const { Parameters, Resources } = readableTemplate(stack);

    expect(Object.values(Resources).map(({ Properties }) => Properties['LogGroupName'])).toEqual([
      '${FoundationKeyArn}',
      '${FoundationKeyArn}-again',
      '${FoundationSubnetIds}',
    ]);
    expect(Parameters).toMatchObject({
      FoundationKeyArn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/ops/foundation/key_arn' },
      FoundationSubnetIds: {
        Type: 'AWS::SSM::Parameter::Value<List<String>>',
        Default: '/ops/foundation/subnet_ids',
      },
    });
  });
});

describe('a role', () => {
  it('is taken on by its service, on behalf of this account only, and may do what is listed', () => {
    const stack = stackOf();
    createServiceRole(stack, 'Role', { service: 'states', description: 'Tells', statements: [publish] });

    const template = readableTemplate(stack);

    expect(onlyResource(template, 'AWS::IAM::Role')).toMatchObject({
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'states.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' } },
          },
        ],
      },
    });
    expect(onlyResource(template, 'AWS::IAM::Role')).not.toHaveProperty('ManagedPolicyArns');
    expect(statementsOfRole(template, 'Role')).toEqual([PUBLISH]);
  });
});

describe('the group of something that works on databases', () => {
  const stackWithDatabases = (...databases: string[]): OpsStack =>
    stackOf(
      `parameters: { databases: { shop: { ${databases.map((keys, i) => `e${i}: { db_host: h, db_user: u, ${keys} }`).join(', ')} } } }`,
    );
  const doorsOf = (stack: OpsStack): unknown[] => {
    createDatabaseClientSecurityGroup(stack, 'Group', 'Containers of ops');
    return Object.values(readableTemplate(stack).Resources)
      .filter(({ Type }) => Type === 'AWS::EC2::SecurityGroupIngress')
      .map(({ Properties }) => Properties);
  };
  const door = (GroupId: string, port: number): object => ({
    GroupId,
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    SourceSecurityGroupId: '${Group.GroupId}',
    Description: 'Containers of ops',
  });

  it('asks the DNS servers that the settings name on port 53, and needs no rule for the one of Amazon', () => {
    const dnsRules = (settings: string): unknown[] => {
      const stack = stackOf(settings);
      createDatabaseClientSecurityGroup(stack, 'Group', 'Containers of ops');
      const { SecurityGroupEgress: rules } = onlyResource(readableTemplate(stack), 'AWS::EC2::SecurityGroup');
      return (rules as { FromPort: number }[]).filter(({ FromPort }) => FromPort === 53);
    };
    const rule = (IpProtocol: string, CidrIp: string): object => ({
      IpProtocol,
      FromPort: 53,
      ToPort: 53,
      CidrIp,
      Description: 'DNS',
    });

    expect(dnsRules('')).toEqual([]);
    expect(dnsRules('global: { dns_servers: [10.0.0.2/32, 10.1.0.0/16] }')).toEqual([
      rule('udp', '10.0.0.2/32'),
      rule('tcp', '10.0.0.2/32'),
      rule('udp', '10.1.0.0/16'),
      rule('tcp', '10.1.0.0/16'),
    ]);
  });

  it('is let in at the groups of databases, once for each group and port', () => {
    const stack = stackWithDatabases(
      'security_group: sg-01234567',
      'security_group: [sg-01234567, sg-89abcdef]',
      'db_port: 3307, security_group: sg-01234567',
      'db_port: 3308',
    );

    expect(doorsOf(stack)).toEqual([door('sg-01234567', 3306), door('sg-89abcdef', 3306), door('sg-01234567', 3307)]);
  });

  it('opens nothing where the settings name no group', () => {
    expect(doorsOf(stackWithDatabases('db_port: 3306'))).toEqual([]);
  });
});

describe('a state machine', () => {
  it('logs every event, never the data, and traces', () => {
    const stack = stackOf();
    createAslStateMachine(stack, 'Flow', {
      stateMachineName: 'flow',
      logGroupName: '/aws/vendedlogs/states/flow',
      definition: { StartAt: 'Done', States: { Done: { Type: 'Succeed', Comment: stack.region } } },
      statements: [publish],
      type: StateMachineType.EXPRESS,
    });

    const template = readableTemplate(stack);

    expect(onlyResource(template, 'AWS::StepFunctions::StateMachine')).toMatchObject({
      StateMachineName: 'flow',
      StateMachineType: 'EXPRESS',
      DefinitionString: '{"StartAt":"Done","States":{"Done":{"Type":"Succeed","Comment":"${AWS::Region}"}}}',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
    expect(statementsOfRole(template, 'FlowRole')).toEqual([
      'Allow logs:CreateLogDelivery logs:DeleteLogDelivery logs:DescribeLogGroups logs:DescribeResourcePolicies ' +
        'logs:GetLogDelivery logs:ListLogDeliveries logs:PutResourcePolicy logs:UpdateLogDelivery ' +
        'xray:GetSamplingRules xray:GetSamplingTargets xray:PutTelemetryRecords xray:PutTraceSegments on *',
      PUBLISH,
    ]);
  });
});

describe('a function', () => {
  const folder = mkdtempSync(join(tmpdir(), 'node-function-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('runs Node 24 on arm64 and may write its own log besides what is listed', () => {
    writeFileSync(join(folder, 'handler.mjs'), 'export const handler = () => {};');
    const stack = stackOf();
    createNodeFunction(stack, 'Watcher', {
      description: 'Watches',
      bundleFolder: folder,
      logGroupName: '/ops/watcher',
      environment: { TOPIC: 't' },
      timeout: Duration.seconds(30),
      statements: [publish],
    });

    const template = readableTemplate(stack);

    expect(onlyResource(template, 'AWS::Lambda::Function')).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'handler.handler',
      Timeout: 30,
      Environment: { Variables: { TOPIC: 't' } },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: expect.stringMatching(/^\$\{WatcherLogs/) as unknown },
    });
    expect(statementsOfRole(template, 'WatcherRole')).toEqual([
      expect.stringMatching(/^Allow logs:CreateLogStream logs:PutLogEvents on \$\{WatcherLogs\w+\.Arn\}$/),
      PUBLISH,
    ]);
  });

  it('is in a VPC where that is wanted, with rights for Lambda that its own code does not have', () => {
    writeFileSync(join(folder, 'handler.mjs'), 'export const handler = () => {};');
    const stack = stackOf();
    createNodeFunction(stack, 'Change', {
      description: 'Changes',
      bundleFolder: folder,
      logGroupName: '/ops/change',
      environment: {},
      timeout: Duration.seconds(30),
      memoryMib: 512,
      vpc: { subnetIds: foundationSubnetIds(stack), securityGroupId: 'sg-01234567' },
      statements: [],
    });

    const template = readableTemplate(stack);

    expect(onlyResource(template, 'AWS::Lambda::Function')).toMatchObject({
      MemorySize: 512,
      VpcConfig: { SubnetIds: '${FoundationSubnetIds}', SecurityGroupIds: ['sg-01234567'] },
    });
    const interfaces =
      'ec2:AssignPrivateIpAddresses ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ' +
      'ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:UnassignPrivateIpAddresses on *';
    expect(statementsOfRole(template, 'ChangeRole')).toEqual([
      `Allow ${interfaces}`,
      expect.stringMatching(/^Allow logs:/),
      `Deny ${interfaces} if {"ArnLike":{"lambda:SourceFunctionArn":"arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:*"}}`,
    ]);
  });
});
