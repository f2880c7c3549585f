import type { SettingsFile } from './settings-schema.ts';
import type {
  DatabaseSettings,
  JobSettings,
  MysqlWorkerSettings,
  Settings,
  SizeSettings,
  TargetVpc,
} from './settings.ts';

type MysqlWorkerOfFile = SettingsFile['tasks']['fargate']['mysql_worker'];
type SizeOfFile = Pick<MysqlWorkerOfFile, 'cpu' | 'memory_mib' | 'timeout_hours'>;

/** The file's own names and nesting, as the value that the rest of the code works with. */
export function toSettings(file: SettingsFile): Settings {
  const { global, backups, notifications } = file;
  return deepFreeze({
    namePrefix: global.name_prefix,
    parameterPrefix: global.parameter_prefix,
    ...(global.account !== undefined && { account: global.account }),
    ...(global.region !== undefined && { region: global.region }),
    targetVpc: toTargetVpc(global.target_vpc),
    dnsServers: global.dns_servers.map((server) => (server.includes('/') ? server : `${server}/32`)),
    ...(global.cluster !== 'create' && { clusterName: global.cluster }),
    tags: global.tags,
    ...(global.permissions_boundary !== undefined && { permissionsBoundary: global.permissions_boundary }),
    backups: { ...(backups.bucket !== 'create' && { bucketName: backups.bucket }), path: backups.path },
    logRetentionDays: file.logs.retention_days,
    mysqlWorker: toMysqlWorker(file.tasks.fargate.mysql_worker),
    passwordChange: {
      memoryMib: file.tasks.lambda.password_change.memory_mib,
      parameterStoreEndpoint: file.tasks.lambda.password_change.parameter_store_endpoint,
    },
    api: { accountLoggingRole: file.api.account_logging_role },
    notificationEmails: notifications.emails,
    restoreAllowOverwrite: file.restore.allow_overwrite,
    databaseTls: file.database_tls,
    databases: toDatabases(file),
    secretNames: file.parameters.secrets,
  });
}

function toTargetVpc(target: SettingsFile['global']['target_vpc']): TargetVpc {
  switch (target.kind) {
    case 'create':
      return target;
    case 'given':
      return { kind: 'given', vpcId: target.id, subnetIds: target.subnets, assignPublicIp: target.assign_public_ip };
    case 'lookup': {
      const { vpc_id: vpcId, tags } = target.lookup;
      return {
        kind: 'lookup',
        ...(vpcId !== undefined && { vpcId }),
        ...(tags !== undefined && { tags }),
        assignPublicIp: target.assign_public_ip,
      };
    }
  }
}

function toMysqlWorker(worker: MysqlWorkerOfFile): MysqlWorkerSettings {
  const { jobs, base_image: baseImage } = worker;
  const own = Object.entries(jobs).map(([job, { databases, ...size }]): [string, JobSettings] => [
    job,
    { size: toSize(size), ...(databases && { databases }) },
  ]);
  return {
    size: toSize(worker),
    jobs: Object.fromEntries(own),
    cpuArchitecture: worker.cpu_architecture,
    capacity: worker.capacity,
    ...(baseImage !== undefined && { baseImage }),
    ...(worker.image_revision !== undefined && { imageRevision: worker.image_revision }),
  };
}

function toSize(written: SizeOfFile): SizeSettings {
  const { cpu, memory_mib: memoryMib, timeout_hours: timeoutHours } = written;
  return {
    ...(cpu !== undefined && { cpu }),
    ...(memoryMib !== undefined && { memoryMib }),
    ...(timeoutHours !== undefined && { timeoutHours }),
  };
}

function toDatabases({ backups, parameters }: SettingsFile): DatabaseSettings[] {
  return Object.entries(parameters.databases).flatMap(([dbName, environments]) =>
    Object.entries(environments).map(([dbEnv, database]) => ({
      dbName,
      dbEnv,
      host: database.db_host,
      port: database.db_port,
      schema: database.db_name ?? dbName,
      user: database.db_user,
      ...(database.s3_bucket !== undefined && { s3Bucket: database.s3_bucket }),
      s3Path: database.s3_path ?? backups.path,
      securityGroupIds: database.security_group,
    })),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
