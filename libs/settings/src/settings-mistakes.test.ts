import { parseSettings, SettingsError } from './index.ts';

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
      'more subnets than a task takes',
      `global: { target_vpc: { id: vpc-01234567, subnets: [${'subnet-01234567, '.repeat(17)}] } }`,
      'global.target_vpc.subnets: found a list; allowed: at most 16 subnet ids',
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
      'global.account: found nothing; allowed: needed, so that CDK can look up the VPC',
    ],
    [
      'a bucket name',
      'backups: {bucket: My_Bucket}',
      'backups.bucket: found "My_Bucket"; allowed: create, or the name',
    ],
    ...['my-bucket-s3alias', 'sthree-x'].map((name): [string, string, string] => [
      `the bucket ${name}, which S3 keeps for itself`,
      `backups: {bucket: ${name}}`,
      `backups.bucket: found "${name}"; allowed: create, or the name`,
    ]),
    [
      'an address with a zero before a number',
      'global: {dns_servers: [10.0.0.01]}',
      'global.dns_servers.0: found "10.0.0.01"; allowed: ',
    ],
    ['two documents', '{}\n---\n{}', 'found a second document after "---"; allowed: one'],
    [
      'aliases that fill the memory',
      [
        'a: &a [x, x, x, x, x, x, x, x, x]',
        ...'bcdefgh'.split('').map((name, n) => {
          const before = 'abcdefgh'.charAt(n);
          return `${name}: &${name} [${`*${before}, `.repeat(9)}]`;
        }),
      ].join('\n'),
      'Excessive alias count indicates a resource exhaustion attack; allowed: aliases (*name) that repeat little',
    ],
    ['a path with wildcards', 'backups: {path: "*"}', 'backups.path: found "*"; allowed: a path of letters'],
    [
      'a number of days that CloudWatch Logs does not offer',
      'logs: {retention_days: 8}',
      'logs.retention_days: found 8; allowed: one of 1, 3, 5, 7,',
    ],
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
    ['an address', 'notifications: {emails: me}', 'notifications.emails: found "me"; allowed: an e-mail address, or'],
    ['no address', 'notifications: {emails: }', 'notifications.emails: found nothing; allowed: an e-mail address, or'],
    [
      'one wrong address of a list',
      'notifications:\n  emails:\n    - a@example.com\n    - me',
      'line 4, notifications.emails.1: found "me"; allowed: an e-mail address, or a list of them',
    ],
    [
      'an address twice',
      'notifications: {emails: [a@example.com, a@example.com]}',
      'notifications.emails.1: found "a@example.com"; allowed: each only once',
    ],
    [
      'an address under a misspelt key',
      'notifications: {email: a@example.com}',
      'notifications.email: unknown key; allowed: a group with the keys emails',
    ],
    [
      'a cluster by its ARN',
      'global: {cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/ops"}',
      'global.cluster: found "arn:aws:ecs:eu-west-1:123456789012:cluster/ops"; allowed: create, or the name of an ECS cluster, not its ARN',
    ],
    [
      'a misspelt cluster',
      'global: {clustr: ops}',
      'global.clustr: unknown key; allowed: a group with the keys name_p',
    ],
    [
      'tags as a list',
      'global: {tags: [team]}',
      'global.tags: found a list; allowed: a group of tags and their values',
    ],
    [
      'a tag that is a number',
      'global: {tags: {cost: 4711}}',
      'global.tags.cost: found 4711; allowed: text of at most',
    ],
    [
      'a tag of AWS',
      'global: {tags: {"AWS:x": y}}',
      'global.tags.AWS:x: found "y"; allowed: as its name 1 to 128 letters',
    ],
    [
      'a tag that no service takes',
      'global: {tags: {team: "ops & co"}}',
      'global.tags.team: found "ops & co"; allowed: text of at most 256 letters, digits, spaces and _ . : / = + - @',
    ],
    [
      'a tag that differs from ours in capitals only',
      'global: {tags: {Application: shop}}',
      'global.tags.Application: found "shop"; allowed: only one of this and application: for IAM they are the same key',
    ],
    [
      'tags that differ in capitals only',
      'global: {tags: {team: a, Team: b}}',
      'global.tags.Team: found "b"; allowed: only one of this and team: for IAM they are the same key',
    ],
    [
      'more tags than AWS takes',
      `global: {tags: {${Array.from({ length: 50 }, (_, i) => `t${i}: x`).join(', ')}}}`,
      'global.tags: found a group; allowed: at most 49 tags',
    ],
    [
      'an ARN of something else',
      'global: {permissions_boundary: "arn:aws:iam::123456789012:role/ops"}',
      'global.permissions_boundary: found "arn:aws:iam::123456789012:role/ops"; allowed: the name or the ARN of a policy in IAM',
    ],
    [
      'a misspelt boundary',
      'global: {permission_boundary: ops}',
      'global.permission_boundary: unknown key; allowed: a group with',
    ],
    [
      'an architecture that Fargate has not',
      'tasks: {fargate: {mysql_worker: {cpu_architecture: amd64}}}',
      'tasks.fargate.mysql_worker.cpu_architecture: found "amd64"; allowed: one of arm64, x86_64',
    ],
    [
      'a capacity that Fargate has not',
      'tasks: {fargate: {mysql_worker: {capacity: ec2}}}',
      'tasks.fargate.mysql_worker.capacity: found "ec2"; allowed: one of on_demand, spot',
    ],
    [
      'a misspelt capacity',
      'tasks: {fargate: {mysql_worker: {capasity: spot}}}',
      'tasks.fargate.mysql_worker.capasity: unknown key; allowed: a group with the keys cpu, memory_mib, timeout_hours, ' +
        'cpu_architecture, capacity, base_image, image_revision, jobs',
    ],
    ...['node', 'node:latest', 'registry.example:5000/node', 'node:24 --privileged'].map((image) => [
      'a base image that is not pinned',
      `tasks: {fargate: {mysql_worker: {base_image: "${image}"}}}`,
      `tasks.fargate.mysql_worker.base_image: found "${image}"; allowed: an image with its tag (not latest) or digest`,
    ]),
    [
      'a job without a group',
      'tasks: {fargate: {mysql_worker: {jobs: {db_backup: 4096}}}}',
      'jobs.db_backup: found 4096; allowed: a group with the keys cpu, memory_mib, timeout_hours',
    ],
    [
      'jobs as a list',
      'tasks: {fargate: {mysql_worker: {jobs: [db_backup]}}}',
      'jobs: found a list; allowed: a group of jobs, each a group with cpu, memory_mib, timeout_hours or databases',
    ],
    [
      'a misspelt size of a job',
      'tasks: {fargate: {mysql_worker: {jobs: {db_backup: {memory: 4096}}}}}',
      'jobs.db_backup.memory: unknown key; allowed: a group with the keys cpu, memory_mib, timeout_hours',
    ],
    [
      'a larger CPU for a job, and the memory of all, which Fargate does not offer together',
      'tasks: {fargate: {mysql_worker: {jobs: {db_backup: {cpu: 4096}}}}}',
      'jobs.db_backup.memory_mib: found nothing; allowed: with cpu 4096: 8192 to 30720 in steps of 1024',
    ],
    [
      'a security group that is none',
      'parameters: {databases: {shop: {prod: {db_host: h, db_user: u, security_group: default}}}}',
      'prod.security_group: found "default"; allowed: a security group id such as sg-0123456789abcdef0, or a list of them',
    ],
    [
      'a misspelt security group',
      'parameters: {databases: {shop: {prod: {db_host: h, db_user: u, security_groups: sg-01234567}}}}',
      'prod.security_groups: unknown key; allowed: a group with the keys db_host, db_port, db_name, db_user, s3_bucket,',
    ],
    [
      'the ARN of a secret',
      'parameters: {secrets: ["arn:aws:secretsmanager:x"]}',
      'parameters.secrets.0: found "arn:aws:secretsmanager:x"; allowed: the name of a secret in Secrets Manager, not its ARN',
    ],
    ['half of TLS', 'database_tls: maybe', 'database_tls: found "maybe"; allowed: one of'],
    [
      'a database without its values',
      'parameters: {databases: {shop: {prod: {}}}}',
      'parameters.databases.shop.prod.db_host: found nothing; allowed: a host name or an IPv4 address, without a port, or CHANGE_ME',
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
  ])('is reported with what is wrong, where, and what is allowed: %s', (_, file, message) => {
    expect(() => parseSettings(file, { workerJobs: { db_backup: { cpu: 1024, memoryMib: 2048 } } })).toThrow(message);
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

    expect(message).toContain('parameters.databases.shop.prod.db_pass: a secret must not be in a file.');
    expect(message).toContain('To store it, run "npx ops params push shop prod db_pass", which asks for it');
    expect(message).not.toContain('hunter2');
  });

  it('is refused when it holds a secret elsewhere, and no command with a secret in it is advised', () => {
    const { message } = errorOf('global: {api_token: hunter2}');

    expect(message).toContain('To store it, run "npx ops params push", which asks for it');
    expect(message).not.toMatch(/hunter2|--value|put-parameter/);
  });

  it('is refused in few words, however long what it holds is', () => {
    const { message } = errorOf(`global: {region: ${'x'.repeat(300_000)}, ${'y'.repeat(300_000)}: 1}`);

    expect(message).toContain('… (300002 characters)');
    expect(message.length).toBeLessThan(2000);
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
