import { createApp, onlyResource, readableTemplate, type ReadableTemplate } from '@serverless-ops/cdk-kit';
import { parseSettings } from '@serverless-ops/settings';
import { FoundationStack } from './foundation-stack.ts';

// The first synth compiles CDK's template validator, which takes long on a busy machine.
jest.setTimeout(60_000);

function foundationOf(settings = '', context: Record<string, unknown> = {}): ReadableTemplate {
  return readableTemplate(new FoundationStack(createApp(context), parseSettings(settings)));
}

function parametersOf({ Resources }: ReadableTemplate): Record<string, unknown> {
  const parameters = Object.values(Resources).filter(({ Type }) => Type === 'AWS::SSM::Parameter');
  return Object.fromEntries(parameters.map(({ Properties: { Name, Value } }) => [String(Name), Value]));
}

describe('Foundation', () => {
  const template = foundationOf();

  it('makes what is needed and nothing that is paid for by the hour', () => {
    const types = Object.values(template.Resources).map(({ Type }) => Type);

    expect([...new Set(types)].sort()).toEqual([
      'AWS::DynamoDB::Table',
      'AWS::EC2::InternetGateway',
      'AWS::EC2::Route',
      'AWS::EC2::RouteTable',
      'AWS::EC2::Subnet',
      'AWS::EC2::SubnetRouteTableAssociation',
      'AWS::EC2::VPC',
      'AWS::EC2::VPCEndpoint',
      'AWS::EC2::VPCGatewayAttachment',
      'AWS::ECS::Cluster',
      'AWS::KMS::Alias',
      'AWS::KMS::Key',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::Topic',
      'AWS::SNS::TopicPolicy',
      'AWS::SSM::Parameter',
    ]);
  });

  it('exports nothing: an export in use cannot change', () => {
    expect(template.Outputs).toEqual({});
  });

  it('keeps the key and the bucket when it is destroyed, but not when its first deploy fails', () => {
    const kept = Object.values(template.Resources).filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain'));

    expect(kept.map(({ Type, DeletionPolicy }) => [Type, DeletionPolicy])).toEqual([
      ['AWS::KMS::Key', 'RetainExceptOnCreate'],
      ['AWS::S3::Bucket', 'RetainExceptOnCreate'],
    ]);
  });

  it('rotates the key, and has it found by its alias', () => {
    expect(onlyResource(template, 'AWS::KMS::Key')).toMatchObject({ EnableKeyRotation: true });
    expect(onlyResource(template, 'AWS::KMS::Alias')).toMatchObject({ AliasName: 'alias/serverlessops' });
  });

  it('makes a cluster without insights that are paid for by the metric, and without capacity providers', () => {
    expect(onlyResource(template, 'AWS::ECS::Cluster')).toEqual({
      ClusterName: 'serverlessops',
      ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }],
    });
  });

  it('makes spot capacity the default strategy of the cluster, when jobs use it', () => {
    const onSpot = foundationOf('tasks: { fargate: { mysql_worker: { capacity: spot } } }');

    expect(onlyResource(onSpot, 'AWS::ECS::Cluster')).toMatchObject({
      CapacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }],
    });
  });

  it('lets alarms of this account publish to the topic, and use the key for it', () => {
    const alarms = {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' } },
    };

    expect(onlyResource(template, 'AWS::SNS::TopicPolicy')).toMatchObject({
      PolicyDocument: {
        Statement: expect.arrayContaining([expect.objectContaining({ ...alarms, Action: 'sns:Publish' })]) as unknown,
      },
    });
    expect(onlyResource(template, 'AWS::KMS::Key')).toMatchObject({
      KeyPolicy: {
        Statement: expect.arrayContaining([
          expect.objectContaining({ ...alarms, Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
        ]) as unknown,
      },
    });
  });

  it('lets the bucket be reached over TLS only, by no caller outside the account, and lets nothing in it be lost at once', () => {
    expect(onlyResource(template, 'AWS::S3::Bucket')).toEqual({
      BucketName: 'serverlessops-backups-${AWS::AccountId}-${AWS::Region}',
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              KMSMasterKeyID: expect.stringMatching(/^\$\{Key\w+\.Arn\}$/) as unknown,
              SSEAlgorithm: 'aws:kms',
            },
          },
        ],
      },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'tidy-up',
            Status: 'Enabled',
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
          },
        ],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(onlyResource(template, 'AWS::S3::BucketPolicy')).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Action: 's3:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    });
  });

  it('encrypts the topic, and refuses to publish to it without TLS', () => {
    expect(onlyResource(template, 'AWS::SNS::Topic')).toEqual({
      TopicName: 'serverlessops-notifications',
      KmsMasterKeyId: expect.stringMatching(/^\$\{Key\w+\.Arn\}$/) as unknown,
    });
    expect(onlyResource(template, 'AWS::SNS::TopicPolicy')).toMatchObject({
      PolicyDocument: {
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Deny',
            Action: 'sns:Publish',
            Principal: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]) as unknown,
      },
    });
  });

  it('keeps progress in a table that is paid for by use and forgets by itself', () => {
    expect(onlyResource(template, 'AWS::DynamoDB::Table')).toEqual({
      TableName: 'serverlessops-jobs',
      KeySchema: [{ AttributeName: 'job_id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'job_id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
    });
  });

  it('writes down for the other stacks what only its deploy knows', () => {
    expect(parametersOf(template)).toEqual({
      '/serverlessops/foundation/vpc_id': expect.stringMatching(/^\$\{Vpc\w+\}$/) as unknown,
      '/serverlessops/foundation/subnet_ids': expect.stringMatching(/^\$\{Vpc\w+\},\$\{Vpc\w+\}$/) as unknown,
      '/serverlessops/foundation/key_arn': expect.stringMatching(/^\$\{Key\w+\.Arn\}$/) as unknown,
      '/serverlessops/foundation/topic_arn': expect.stringMatching(/^\$\{NotificationsTopic\w+\}$/) as unknown,
    });
  });
});

describe('Foundation with databases', () => {
  const database = 'parameters: { databases: { shop: { prod: { db_host: db.internal, db_user: backup';

  it('writes down everything of a database but its password', () => {
    expect(parametersOf(foundationOf(`${database} } } } }`))).toMatchObject({
      '/serverlessops/databases/shop/prod/db_host': 'db.internal',
      '/serverlessops/databases/shop/prod/db_port': '3306',
      '/serverlessops/databases/shop/prod/db_name': 'shop',
      '/serverlessops/databases/shop/prod/db_user': 'backup',
      '/serverlessops/databases/shop/prod/s3_bucket': 'serverlessops-backups-${AWS::AccountId}-${AWS::Region}',
      '/serverlessops/databases/shop/prod/s3_path': 'backups',
    });
  });

  it('lets a database have a bucket and a path of its own', () => {
    expect(parametersOf(foundationOf(`${database}, s3_bucket: vault, s3_path: shop } } } }`))).toMatchObject({
      '/serverlessops/databases/shop/prod/s3_bucket': 'vault',
      '/serverlessops/databases/shop/prod/s3_path': 'shop',
    });
  });
});

describe('Foundation as the settings want it', () => {
  it('makes no bucket when there is one', () => {
    const { Resources } = foundationOf('backups: { bucket: vault }');

    expect(Object.values(Resources).filter(({ Type }) => Type.startsWith('AWS::S3::'))).toEqual([]);
  });

  it.each([
    ['one address', 'ops@example.com', ['ops@example.com']],
    ['each of several', '[ops@example.com, dba@example.com]', ['ops@example.com', 'dba@example.com']],
  ])('tells %s how jobs ended', (_, emails, expected) => {
    const { Resources } = foundationOf(`notifications: { emails: ${emails} }`);

    const subscriptions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::SNS::Subscription');

    expect(subscriptions.map(({ Properties }) => [Properties['Protocol'], Properties['Endpoint']])).toEqual(
      expected.map((email) => ['email', email]),
    );
  });

  it('makes no cluster when there is one', () => {
    const { Resources } = foundationOf('global: { cluster: shared }');

    expect(Object.values(Resources).filter(({ Type }) => Type.startsWith('AWS::ECS::'))).toEqual([]);
  });

  it('needs no answer of AWS to be synthesized for an account and region: CloudFormation chooses the zones', () => {
    const app = createApp();
    new FoundationStack(app, parseSettings(`global: { account: '111122223333', region: eu-west-1 }`));

    expect(app.synth().manifest.missing).toBeUndefined();
  });

  it('uses a VPC that is given, and makes nothing of a network', () => {
    const template = foundationOf(
      'global: { target_vpc: { id: vpc-0123456789abcdef0, subnets: [subnet-01234567, subnet-89abcdef] } }',
    );

    expect(parametersOf(template)).toMatchObject({
      '/serverlessops/foundation/vpc_id': 'vpc-0123456789abcdef0',
      '/serverlessops/foundation/subnet_ids': 'subnet-01234567,subnet-89abcdef',
    });
    expect(Object.values(template.Resources).filter(({ Type }) => Type.startsWith('AWS::EC2::'))).toEqual([]);
  });

  it('uses the private subnets of a VPC that was looked up', () => {
    const found = {
      'vpc-provider:account=111122223333:filter.vpc-id=vpc-0123456789abcdef0:region=eu-west-1:returnAsymmetricSubnets=true':
        {
          vpcId: 'vpc-0123456789abcdef0',
          vpcCidrBlock: '10.0.0.0/16',
          ownerAccountId: '111122223333',
          availabilityZones: [],
          subnetGroups: [
            subnetGroup('Public', 'subnet-0aaaaaaaaaaaaaaa1'),
            subnetGroup('Private', 'subnet-0bbbbbbbbbbbbbbb1'),
          ],
        },
    };
    const template = foundationOf(
      `global: { account: '111122223333', region: eu-west-1, target_vpc: { lookup: { vpc_id: vpc-0123456789abcdef0 } } }`,
      found,
    );

    expect(parametersOf(template)).toMatchObject({
      '/serverlessops/foundation/vpc_id': 'vpc-0123456789abcdef0',
      '/serverlessops/foundation/subnet_ids': 'subnet-0bbbbbbbbbbbbbbb1',
    });
  });
});

function subnetGroup(type: 'Public' | 'Private', subnetId: string): object {
  const subnet = { subnetId, cidr: '10.0.0.0/24', availabilityZone: 'eu-west-1a', routeTableId: 'rtb-01234567' };
  return { name: type, type, subnets: [subnet] };
}
