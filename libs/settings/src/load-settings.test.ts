import { join } from 'node:path';
import { loadSettings, parseSettings, SettingsError } from './index.ts';

const SHIPPED = join(__dirname, '../../../settings.yml');

describe('loadSettings', () => {
  it('reads the settings file of this repository, whatever it chooses', () => {
    const { namePrefix, databases } = loadSettings(SHIPPED);

    expect([typeof namePrefix, Array.isArray(databases)]).toEqual(['string', true]);
  });

  it('fills in every default when a file says nothing', () => {
    expect(parseSettings('# nothing yet')).toEqual({
      namePrefix: 'serverlessops',
      parameterPrefix: '/serverlessops',
      targetVpc: { kind: 'create' },
      api: { accountLoggingRole: 'existing' },
      backups: { path: 'backups' },
      dnsServers: [],
      logRetentionDays: 90,
      tags: {},
      mysqlWorker: {
        size: {},
        jobs: {},
        cpuArchitecture: 'arm64',
        capacity: 'on_demand',
      },
      passwordChange: { memoryMib: 256, parameterStoreEndpoint: false },
      notificationEmails: [],
      restoreAllowOverwrite: [],
      databaseTls: 'verify',
      databases: [],
      secretNames: [],
    });
  });

  it('reads a database, whose backups are where all are', () => {
    const { databases } = parseSettings(
      'parameters: { databases: { classicmodels: { demo: { db_host: CHANGE_ME, db_port: 3306, db_name: classicmodels, db_user: CHANGE_ME } } } }',
    );

    expect(databases).toEqual([
      {
        dbName: 'classicmodels',
        dbEnv: 'demo',
        host: 'CHANGE_ME',
        port: 3306,
        schema: 'classicmodels',
        user: 'CHANGE_ME',
        s3Path: 'backups',
        securityGroupIds: [],
      },
    ]);
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
        securityGroupIds: [],
      },
    ]);
  });
});

describe('settings of restores', () => {
  it('name the databases whose contents a restore may remove', () => {
    expect(parseSettings('restore: { allow_overwrite: [shop/staging] }').restoreAllowOverwrite).toEqual([
      'shop/staging',
    ]);
  });
});

describe('settings of the account', () => {
  it('name a cluster that is there, tags, and a policy that no role may exceed', () => {
    const file = `global: { cluster: shared_1, tags: { team: operations, 'cost center': '4711' }, permissions_boundary: ops-boundary }`;

    expect(parseSettings(file)).toMatchObject({
      clusterName: 'shared_1',
      tags: { team: 'operations', 'cost center': '4711' },
      permissionsBoundary: 'ops-boundary',
    });
  });

  it.each([
    'arn:aws:iam::123456789012:policy/ops',
    'arn:aws:iam::123456789012:policy/team/a/ops',
    'arn:aws-cn:iam::aws:policy/PowerUserAccess',
  ])('name that policy by its ARN as well: %s', (arn) => {
    expect(parseSettings(`global: { permissions_boundary: '${arn}' }`).permissionsBoundary).toBe(arn);
  });

  it('make a cluster that they want made', () => {
    expect(parseSettings('global: { cluster: create }')).not.toHaveProperty('clusterName');
  });

  it.each([
    ['one address', 'ops@example.com', ['ops@example.com']],
    ['a list of them', '[ops@example.com, dba@example.com]', ['ops@example.com', 'dba@example.com']],
  ])('say who receives notifications: %s', (_, emails, expected) => {
    expect(parseSettings(`notifications: { emails: ${emails} }`).notificationEmails).toEqual(expected);
  });

  it.each([
    ['one group', 'sg-01234567', ['sg-01234567']],
    ['a list of them', '[sg-01234567, sg-0123456789abcdef0]', ['sg-01234567', 'sg-0123456789abcdef0']],
  ])('say which security groups are in front of a database: %s', (_, groups, expected) => {
    const file = `parameters: { databases: { a: { b: { db_host: h, db_user: u, security_group: ${groups} } } } }`;

    expect(parseSettings(file).databases[0]?.securityGroupIds).toEqual(expected);
  });
});

const JOBS = { db_backup: { cpu: 1024, memoryMib: 2048 }, run_script: { cpu: 1024, memoryMib: 2048 } };

describe('settings of tasks', () => {
  const worker = (keys: string): string => `tasks: { fargate: { mysql_worker: { ${keys} } } }`;

  it('choose architecture, capacity and base image', () => {
    const file = worker('cpu_architecture: x86_64, capacity: spot, base_image: registry.example:5000/node:24-bookworm');

    expect(parseSettings(file).mysqlWorker).toMatchObject({
      cpuArchitecture: 'x86_64',
      capacity: 'spot',
      baseImage: 'registry.example:5000/node:24-bookworm',
    });
  });

  it('take a base image by its digest', () => {
    const image = `node@sha256:${'0a'.repeat(32)}`;

    expect(parseSettings(worker(`base_image: '${image}'`)).mysqlWorker.baseImage).toBe(image);
  });

  it('give a size to all jobs and another to one, and say nothing of what they leave out', () => {
    const file = worker('timeout_hours: 2, jobs: { db_backup: { cpu: 4096, memory_mib: 8192 }, run_script: {} }');

    expect(parseSettings(file, { workerJobs: JOBS }).mysqlWorker).toMatchObject({
      size: { timeoutHours: 2 },
      jobs: { db_backup: { size: { cpu: 4096, memoryMib: 8192 } }, run_script: { size: {} } },
    });
  });

  it.each([
    ['jobs: { db_backup: { memory_mib: 16384 } }', 'mysql_worker.jobs.db_backup.memory_mib: found 16384'],
    ['cpu: 4096', 'mysql_worker.memory_mib: found nothing; allowed: with cpu 4096: 8192 to 30720'],
    ['memory_mib: 16384, jobs: { db_backup: { cpu: 4096 } }', 'mysql_worker.memory_mib: found 16384'],
  ])('are refused when they and the default size of a job are nothing that Fargate offers: %s', (keys, problem) => {
    expect(() => parseSettings(worker(keys), { workerJobs: JOBS })).toThrow(problem);
  });

  it('are refused for a job that the worker does not know, with the names that it knows', () => {
    const file = 'global: { region: here }\n' + worker('\n  jobs: { db_backupp: { cpu: 2048, memory_mib: 4096 } }');

    expect(() => parseSettings(file, { file: 'ours.yml', workerJobs: JOBS })).toThrow(
      new SettingsError('ours.yml', [
        { path: 'global.region', line: 1, message: 'found "here"; allowed: an AWS region such as eu-central-1' },
        {
          path: 'tasks.fargate.mysql_worker.jobs.db_backupp',
          line: 3,
          message: "found a group; allowed: as its name one of the worker's jobs: db_backup, run_script",
        },
      ]),
    );
  });

  it.each([
    ['10.0.0.2', ['10.0.0.2/32']],
    ['[10.0.0.2, 10.1.0.0/16]', ['10.0.0.2/32', '10.1.0.0/16']],
  ])('takes DNS servers %s', (servers, expected) => {
    expect(parseSettings(`global: { dns_servers: ${servers} }`).dnsServers).toEqual(expected);
  });

  it.each(['10.0.0', '10.0.0.256', '10.0.0.0/33', 'dns.example', '10.0.0.2.', 'fd00::1'])(
    'refuses the DNS server %s',
    (server) => {
      expect(() => parseSettings(`global: { dns_servers: '${server}' }`)).toThrow('global.dns_servers');
    },
  );

  it('takes databases of a job, and the revision of the image', () => {
    const { jobs, imageRevision } = parseSettings(
      "tasks: { fargate: { mysql_worker: { image_revision: '2026-11-25', jobs: { run_script: { databases: [a/b] } } } } }",
    ).mysqlWorker;

    expect(jobs['run_script']).toEqual({ size: {}, databases: ['a/b'] });
    expect(imageRevision).toBe('2026-11-25');
  });

  it.each(['a', 'a/b/c', '../b', 'a/..', '*/*', 'a b/c'])('refuses the database %s of a job', (database) => {
    expect(() =>
      parseSettings(`tasks: { fargate: { mysql_worker: { jobs: { run_script: { databases: ['${database}'] } } } } }`),
    ).toThrow('jobs.run_script.databases.0');
  });
});
