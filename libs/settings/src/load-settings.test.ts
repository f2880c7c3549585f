import { join } from 'node:path';
import { loadSettings, parseSettings, SettingsError } from './index.ts';

const SHIPPED = join(__dirname, '../../../settings.yml');

describe('loadSettings', () => {
  it('reads the settings file of this repository', () => {
    expect(loadSettings(SHIPPED)).toEqual({
      namePrefix: 'serverlessops',
      parameterPrefix: '/serverlessops',
      targetVpc: { kind: 'create' },
      backups: { path: 'backups' },
      logRetentionDays: 90,
      mysqlWorker: { cpu: 1024, memoryMib: 2048, timeoutHours: 6 },
      passwordChange: { memoryMib: 256, parameterStoreEndpoint: false },
      databaseTls: 'verify',
      databases: [
        {
          dbName: 'classicmodels',
          dbEnv: 'demo',
          host: 'CHANGE_ME',
          port: 3306,
          schema: 'classicmodels',
          user: 'CHANGE_ME',
          s3Path: 'backups',
        },
      ],
      secretNames: [],
    });
  });

  it('fills in every default when a file says nothing', () => {
    expect(parseSettings('# nothing yet')).toEqual({ ...loadSettings(SHIPPED), databases: [] });
  });

  it('gives a value that cannot be changed, at any depth', () => {
    const settings = parseSettings('') as { backups: { path: string } };

    expect(() => (settings.backups.path = 'elsewhere')).toThrow(TypeError);
  });

  it('takes a VPC with its subnets', () => {
    const file = 'global: { target_vpc: { id: vpc-0123456789abcdef0, subnets: [subnet-01234567] } }';

    expect(parseSettings(file).targetVpc).toEqual({
      kind: 'given',
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-01234567'],
      assignPublicIp: false,
    });
  });

  it('takes a VPC to look up by its tags', () => {
    const file = `
      global:
        account: '123456789012'
        region: eu-central-1
        target_vpc: { lookup: { tags: { Name: main } }, assign_public_ip: true }`;

    expect(parseSettings(file).targetVpc).toEqual({ kind: 'lookup', tags: { Name: 'main' }, assignPublicIp: true });
  });

  it('takes the size of the function that changes passwords, and its way to Parameter Store', () => {
    const file = 'tasks: { lambda: { password_change: { memory_mib: 512, parameter_store_endpoint: true } } }';

    expect(parseSettings(file).passwordChange).toEqual({ memoryMib: 512, parameterStoreEndpoint: true });
  });

  it('takes a database whose bucket, path, port as text and schema are its own', () => {
    const file = `
      parameters:
        databases:
          shop:
            prod: { db_host: db.internal, db_port: '3307', db_name: shop_v2, db_user: backup, s3_bucket: vault, s3_path: a/b }`;

    expect(parseSettings(file).databases).toEqual([
      {
        dbName: 'shop',
        dbEnv: 'prod',
        host: 'db.internal',
        port: 3307,
        schema: 'shop_v2',
        user: 'backup',
        s3Bucket: 'vault',
        s3Path: 'a/b',
      },
    ]);
  });
});

describe('a settings file with mistakes', () => {
  it.each([
    ['text that is not YAML', 'global: [', 'line 1: Flow sequence in block collection'],
    ['a key written twice', 'logs: {}\nlogs: {}', 'line 2: Map keys must be unique'],
    ['a list instead of a group', '- global', 'line 1: found a list; allowed: a group with the keys global, backups,'],
    ['an empty group', 'logs:', 'line 1, logs: found nothing; allowed: a group with the keys retention_days'],
    ['an unknown key', 'log: {}', 'line 1, log: unknown key; allowed: a group with the keys global, backups, logs,'],
    ['a prefix with capitals', 'global: {name_prefix: Ops}', 'global.name_prefix: found "Ops"; allowed: 1 to 20 lower'],
    [
      'a prefix of AWS itself',
      'global: {name_prefix: aws-ops}',
      'global.name_prefix: found "aws-ops"; allowed: 1 to 20',
    ],
    [
      'a reserved path',
      'global: {parameter_prefix: /AWS/x}',
      'global.parameter_prefix: found "/AWS/x"; allowed: a path',
    ],
    ['a path ending in /', 'global: {parameter_prefix: /a/}', 'global.parameter_prefix: found "/a/"; allowed: a path'],
    [
      'an account as a number',
      'global: {account: 123456789012}',
      'global.account: found 123456789012; allowed: the 12',
    ],
    [
      'a region that is none',
      'global: {region: Frankfurt}',
      'global.region: found "Frankfurt"; allowed: an AWS region',
    ],
    [
      'a VPC id without subnets',
      'global: {target_vpc: vpc-076e905b3e931d519}',
      'global.target_vpc: found "vpc-076e905b3e931d519"; allowed: create, or a group with id and subnets, ' +
        'or a group with lookup (the id alone does not say which subnets to use)',
    ],
    [
      'a wrong word for a VPC',
      'global: {target_vpc: new}',
      'global.target_vpc: found "new"; allowed: create, or a group',
    ],
    [
      'a group without subnets',
      'global: {target_vpc: {id: vpc-01234567}}',
      'global.target_vpc.subnets: found nothing; allowed: a list of subnet ids',
    ],
    [
      'a wrong subnet',
      'global:\n  target_vpc:\n    id: vpc-01234567\n    subnets:\n      - subnet-1',
      'line 5, global.target_vpc.subnets.0: found "subnet-1"; allowed: a subnet id',
    ],
    [
      'a lookup of nothing',
      "global: {account: '123456789012', region: eu-west-1, target_vpc: {lookup: {}}}",
      'global.target_vpc.lookup: found a group; allowed: vpc_id, or tags',
    ],
    [
      'a lookup without a place to look',
      'global: {target_vpc: {lookup: {vpc_id: vpc-01234567}}}',
      'global.account: found nothing; allowed: needed, so that CDK knows where to look the VPC up',
    ],
    [
      'a bucket name',
      'backups: {bucket: My_Bucket}',
      'backups.bucket: found "My_Bucket"; allowed: create, or the name',
    ],
    ['a path with wildcards', 'backups: {path: "*"}', 'backups.path: found "*"; allowed: a path of letters'],
    ['days nobody offers', 'logs: {retention_days: 8}', 'logs.retention_days: found 8; allowed: one of 1, 3, 5, 7,'],
    [
      'memory that Fargate has not',
      'tasks: {fargate: {mysql_worker: {cpu: 256, memory_mib: 1536}}}',
      'memory_mib: found 1536; allowed: with cpu 256: 512 to 2048 in steps of 512, but not 1536',
    ],
    [
      'too long a time',
      'tasks: {fargate: {mysql_worker: {timeout_hours: 0.5}}}',
      'timeout_hours: found 0.5; allowed: a whole number from 1 to 168',
    ],
    [
      'memory that Lambda has not',
      'tasks: {lambda: {password_change: {memory_mib: 64}}}',
      'tasks.lambda.password_change.memory_mib: found 64; allowed: a whole number from 128 to 10240',
    ],
    [
      'text for a yes or no',
      'tasks: {lambda: {password_change: {parameter_store_endpoint: "yes"}}}',
      'tasks.lambda.password_change.parameter_store_endpoint: found "yes"; allowed: true or false',
    ],
    [
      'a misspelt key',
      'tasks: {lambda: {password_change: {memory: 512}}}',
      'tasks.lambda.password_change.memory: unknown key; allowed: a group with the keys memory_mib, parameter_store_endpoint',
    ],
    [
      'a misspelt group whose name sounds like a secret',
      'tasks: {lambda: {passwords_change: {memory_mib: 512}}}',
      'tasks.lambda.passwords_change: unknown key; allowed: a group with the keys password_change',
    ],
    ['an address', 'notifications: {email: me}', 'notifications.email: found "me"; allowed: an e-mail address'],
    [
      'the ARN of a secret',
      'parameters: {secrets: ["arn:aws:secretsmanager:x"]}',
      'parameters.secrets.0: found "arn:aws:secretsmanager:x"; allowed: the name of a secret in Secrets Manager, not its ARN',
    ],
    ['half of TLS', 'database_tls: maybe', 'database_tls: found "maybe"; allowed: one of'],
    [
      'a database without its values',
      'parameters: {databases: {shop: {prod: {}}}}',
      'parameters.databases.shop.prod.db_host: found nothing; allowed: a host name, or CHANGE_ME',
    ],
    [
      'a port out of range',
      'parameters: {databases: {shop: {prod: {db_host: h, db_user: u, db_port: "70000"}}}}',
      'db_port: found "70000"; allowed: a whole number from 1 to 65535',
    ],
    [
      'a name that is no path level',
      'parameters: {databases: {"my shop": {}}}',
      'parameters.databases.my shop: found a group; allowed: as its name 1 to 64 letters, digits',
    ],
  ])('is told what is wrong, where, and what is allowed: %s', (_, file, message) => {
    expect(() => parseSettings(file)).toThrow(message);
  });

  it('has all its mistakes reported in one error, in the order of its lines', () => {
    const file = 'global:\n  name_prefix: Ops\n  region: here\nlogs:\n  retention_days: 8\n';

    const { file: name, problems } = errorOf(file);

    expect(name).toBe('settings.yml');
    expect(problems.map(({ path, line }) => `${line} ${path}`)).toEqual([
      '2 global.name_prefix',
      '3 global.region',
      '5 logs.retention_days',
    ]);
  });

  it('is refused when it holds a password, told the way out, and the password is not repeated', () => {
    const file = 'parameters: {databases: {shop: {prod: {db_host: h, db_user: u, db_pass: hunter2}}}}';

    const { message } = errorOf(file);

    expect(message).toContain('parameters.databases.shop.prod.db_pass: a secret must not stand in a file.');
    expect(message).toContain(
      'aws ssm put-parameter --type SecureString --name <parameter_prefix>/databases/shop/prod/db_pass --value ...',
    );
    expect(message).not.toContain('hunter2');
  });
});

function errorOf(file: string): SettingsError {
  try {
    parseSettings(file);
  } catch (error) {
    if (error instanceof SettingsError) return error;
  }
  throw new Error('The file was accepted');
}
