import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createApp,
  onlyResource,
  readableTemplate,
  statementsOfRole,
  type ReadableTemplate,
} from '@serverless-ops/cdk-kit';
import { parseSettings } from '@serverless-ops/settings';
import { PasswordLambdaStack } from './password-lambda-stack.ts';

// The first synth compiles CDK's template validator, which takes long on a busy machine.
jest.setTimeout(60_000);

const PLACE = '${AWS::Region}:${AWS::AccountId}';
const PARAMETERS = `arn:\${AWS::Partition}:ssm:${PLACE}:parameter/serverlessops`;
const viaService = (service: string): string =>
  `{"StringEquals":{"kms:ViaService":"${service}.\${AWS::Region}.amazonaws.com"}}`;

const folder = mkdtempSync(join(tmpdir(), 'password-lambda-stack-'));
const built = { lookUpFolder: join(folder, 'look-up'), changeFolder: join(folder, 'change') };

beforeAll(() => {
  for (const built_ of Object.values(built)) {
    mkdirSync(built_);
    writeFileSync(join(built_, 'handler.mjs'), `export const handler = () => '${built_}';`);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function stackOf(settings = ''): ReadableTemplate {
  return readableTemplate(new PasswordLambdaStack(createApp(), parseSettings(settings), built));
}

const ofType = ({ Resources }: ReadableTemplate, type: string): string[] =>
  Object.entries(Resources).flatMap(([id, { Type }]) => (Type === type ? [id] : []));

describe('the rights of', () => {
  let template: ReadableTemplate;
  beforeAll(() => (template = stackOf()));

  it('the look-up: read where servers are and what new accounts may do, no secret', () => {
    expect(statementsOfRole(template, 'LookUpRole')).toEqual([
      expect.stringMatching(/^Allow logs:CreateLogStream logs:PutLogEvents on \$\{LookUpLogs\w+\.Arn\}$/),
      `Allow ssm:GetParameters on ${PARAMETERS}/database_users/*/account ${PARAMETERS}/database_users/*/grant ` +
        `${PARAMETERS}/databases/*/db_host ` +
        `${PARAMETERS}/databases/*/db_name ${PARAMETERS}/databases/*/db_port`,
    ]);
  });

  it("the change: the administrator's login, passwords of accounts, and of the logins of jobs", () => {
    const rights = statementsOfRole(template, 'ChangeRole').filter((line) => !line.includes('ec2:'));

    expect(rights).toEqual([
      `Allow kms:Decrypt kms:Encrypt on \${FoundationKeyArn} if ${viaService('ssm')}`,
      expect.stringMatching(/^Allow logs:CreateLogStream logs:PutLogEvents on \$\{ChangeLogs\w+\.Arn\}$/),
      `Allow ssm:DeleteParameter on ${PARAMETERS}/database_users/*/last_change ${PARAMETERS}/database_users/*/new_password ` +
        `${PARAMETERS}/database_users/*/password_pending`,
      `Allow ssm:GetParameters on ${PARAMETERS}/database_admins/*/db_pass ${PARAMETERS}/database_admins/*/db_user ` +
        `${PARAMETERS}/database_users/*/last_change ${PARAMETERS}/database_users/*/new_password ` +
        `${PARAMETERS}/database_users/*/password ${PARAMETERS}/database_users/*/password_pending ${PARAMETERS}/databases/*/db_host ` +
        `${PARAMETERS}/databases/*/db_pass ${PARAMETERS}/databases/*/db_port ${PARAMETERS}/databases/*/db_user`,
      `Allow ssm:GetParametersByPath on ${PARAMETERS}/database_admins/* ${PARAMETERS}/databases/*`,
      `Allow ssm:PutParameter on ${PARAMETERS}/database_users/*/last_change ${PARAMETERS}/database_users/*/password ` +
        `${PARAMETERS}/database_users/*/password_pending ${PARAMETERS}/databases/*/db_pass`,
    ]);
  });

  it('the workflow: call these two functions, publish, write log and trace', () => {
    expect(statementsOfRole(template, 'PasswordStateMachineRole')).toEqual([
      `Allow kms:Decrypt kms:GenerateDataKey on \${FoundationKeyArn} if ${viaService('sns')}`,
      expect.stringMatching(
        /^Allow lambda:InvokeFunction on \$\{(LookUp|Change)\w+\.Arn\} \$\{(LookUp|Change)\w+\.Arn\}$/,
      ),
      expect.stringMatching(/^Allow logs:CreateLogDelivery .* xray:PutTraceSegments on \*$/),
      'Allow sns:Publish on ${FoundationTopicArn}',
    ]);
  });

  it('nobody else', () => {
    expect(ofType(template, 'AWS::IAM::Role')).toHaveLength(3);
    expect(ofType(template, 'AWS::IAM::ManagedPolicy')).toEqual([]);
    expect(JSON.stringify(template)).not.toContain('ManagedPolicyArns');
  });
});

describe('the function that changes passwords', () => {
  it('is in the subnets of the jobs, in a group that reaches AWS and the databases', () => {
    const template = stackOf('parameters: { databases: { a: { b: { db_host: h, db_user: u, db_port: 3307 } } } }');

    expect(onlyResource(template, 'AWS::Lambda::Function', 'Change')).toMatchObject({
      FunctionName: 'serverlessops-password-change',
      Architectures: ['arm64'],
      Timeout: 90,
      MemorySize: 256,
      Environment: { Variables: { DATABASE_TLS: 'verify', KEY_ID: '${FoundationKeyArn}' } },
      VpcConfig: { SubnetIds: '${FoundationSubnetIds}', SecurityGroupIds: ['${ChangeSecurityGroup.GroupId}'] },
    });
    const group = onlyResource(template, 'AWS::EC2::SecurityGroup', 'ChangeSecurityGroup');
    expect(group).not.toHaveProperty('SecurityGroupIngress');
    expect((group['SecurityGroupEgress'] as { FromPort: number }[]).map(({ FromPort }) => FromPort)).toEqual([
      443, 3306, 3307,
    ]);
  });

  it('has as much memory as the settings give it', () => {
    const template = stackOf('tasks: { lambda: { password_change: { memory_mib: 1024 } } }');

    expect(onlyResource(template, 'AWS::Lambda::Function', 'Change')).toMatchObject({ MemorySize: 1024 });
  });

  it.each([
    ['the VPC that the deploy makes', '', true],
    [
      'public subnets',
      'global: { target_vpc: { id: vpc-01234567, subnets: [subnet-01234567], assign_public_ip: true } }',
      true,
    ],
    ['private subnets', 'global: { target_vpc: { id: vpc-01234567, subnets: [subnet-01234567] } }', false],
    [
      'public subnets with an endpoint',
      'tasks: { lambda: { password_change: { parameter_store_endpoint: true } } }',
      false,
    ],
  ])('warns at synth and deploy when it has no way to Parameter Store: %s', (_, settings, isWarned) => {
    const stack = new PasswordLambdaStack(createApp(), parseSettings(settings), built);

    const warnings = stack.node.metadata.filter(({ type }) => type === 'aws:cdk:warning');

    expect(warnings.map(({ data }) => String(data))).toEqual(
      isWarned
        ? [expect.stringMatching(/^password_change will not work: .*parameter_store_endpoint in settings\.yml/)]
        : [],
    );
  });

  it('gets a way to Parameter Store of its own where the settings want one, and there is none otherwise', () => {
    const template = stackOf('tasks: { lambda: { password_change: { parameter_store_endpoint: true } } }');

    expect(ofType(stackOf(), 'AWS::EC2::VPCEndpoint')).toEqual([]);
    expect(onlyResource(template, 'AWS::EC2::VPCEndpoint')).toEqual({
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.${AWS::Region}.ssm',
      VpcId: '${FoundationVpcId}',
      SubnetIds: '${FoundationSubnetIds}',
      SecurityGroupIds: ['${ParameterStoreEndpointGroup.GroupId}'],
      PrivateDnsEnabled: false,
    });
    expect(onlyResource(template, 'AWS::Lambda::Function', 'Change')).toMatchObject({
      Environment: {
        Variables: {
          AWS_ENDPOINT_URL_SSM: expect.stringMatching(
            /^https:\/\/\$\{Fn::Select \[1,.*Fn::Split.*ParameterStoreEndpoint\.DnsEntries/,
          ) as unknown,
        },
      },
    });
    expect(onlyResource(template, 'AWS::EC2::SecurityGroup', 'ParameterStoreEndpointGroup')).toMatchObject({
      SecurityGroupIngress: [{ FromPort: 443, ToPort: 443, SourceSecurityGroupId: '${ChangeSecurityGroup.GroupId}' }],
    });
  });
});

describe('the look-up', () => {
  it('is in no VPC, and receives nothing but where parameters are', () => {
    const lookUp = onlyResource(stackOf(), 'AWS::Lambda::Function', 'LookUp');

    expect(lookUp).toMatchObject({
      FunctionName: 'serverlessops-password-look-up',
      Timeout: 30,
      Environment: { Variables: { PARAMETER_PREFIX: '/serverlessops' } },
    });
    expect(lookUp).not.toHaveProperty('VpcConfig');
  });
});

describe('the outputs', () => {
  it('are what letting the function in and changing a password by hand needs, and no export', () => {
    const { Outputs: outputs } = stackOf();

    expect(Object.keys(outputs)).toEqual([
      'PasswordSecurityGroupId',
      'PasswordStateMachineArn',
      'PasswordLogGroupName',
      'ChangePasswordCommand',
    ]);
    expect(outputs['ChangePasswordCommand']?.Value).toMatch(
      /^aws stepfunctions start-execution --state-machine-arn \$\{PasswordStateMachine\w+\} --input '\{"job_name":"password_change",.*"generate":true\}\}'$/,
    );
    expect(JSON.stringify(outputs)).not.toContain('Export');
  });

  it('change a password in the first database of the settings', () => {
    const { Outputs } = stackOf('parameters: { databases: { crm: { staging: { db_host: h, db_user: u } } } }');
    expect(Outputs['ChangePasswordCommand']?.Value).toContain('"db_name":"crm","db_env":"staging"');
  });
});
