import type { DatabaseTlsSetting } from '@serverless-ops/names';

/** The network that tasks run in. */
export type TargetVpc =
  | { readonly kind: 'create' }
  | {
      readonly kind: 'given';
      readonly vpcId: string;
      readonly subnetIds: readonly string[];
      readonly assignPublicIp: boolean;
    }
  | {
      readonly kind: 'lookup';
      /** Absent: `tags` say which one. */
      readonly vpcId?: string;
      readonly tags?: Readonly<Record<string, string>>;
      readonly assignPublicIp: boolean;
    };

/** One database under the two levels it is filed under in Parameter Store. No password: that is never in a file. */
export interface DatabaseSettings {
  readonly dbName: string;
  readonly dbEnv: string;
  readonly host: string;
  readonly port: number;
  /** Name of the schema on the server. */
  readonly schema: string;
  readonly user: string;
  /** Absent: the bucket for backups of this installation. */
  readonly s3Bucket?: string;
  readonly s3Path: string;
  /** Security groups in front of it that the deploy opens to those who work on it. */
  readonly securityGroupIds: readonly string[];
}

/** What a task of the worker is given, as far as the settings say it. Absent: as the next more general place says. */
export interface SizeSettings {
  /** 1024 are one vCPU. */
  readonly cpu?: number;
  readonly memoryMib?: number;
  /** After so long an attempt at a job is given up. */
  readonly timeoutHours?: number;
}

/** What one job of the worker has of its own. */
export interface JobSettings {
  readonly size: SizeSettings;
  /** The databases that its role may read, as `db_name/db_env`. Absent: every one. */
  readonly databases?: readonly string[];
}

/** Tasks of the worker. */
export interface MysqlWorkerSettings {
  /** Of every job that has none of its own. What is absent is the default of the kind of job. */
  readonly size: SizeSettings;
  /** The jobs that have a size or databases of their own, by name. */
  readonly jobs: Readonly<Record<string, JobSettings>>;
  readonly cpuArchitecture: 'arm64' | 'x86_64';
  /** `spot` costs less, and AWS may take the capacity back while a job runs. */
  readonly capacity: 'on_demand' | 'spot';
  /** What the image is built on. Absent: what the Dockerfile says. */
  readonly baseImage?: string;
  /** Changes the image when nothing else does, so that it is built on the patched packages of that day. Absent: none. */
  readonly imageRevision?: string;
}

/** Everything that settings.yml says, checked, defaults filled in, frozen. */
export interface Settings {
  /** First part of the name of everything that is deployed. */
  readonly namePrefix: string;
  /** The path of all parameters in Parameter Store, without a slash at the end. */
  readonly parameterPrefix: string;
  /** Account and region to deploy to. Absent: those of the caller's credentials. */
  readonly account?: string;
  readonly region?: string;
  readonly targetVpc: TargetVpc;
  /** Networks (CIDR) with the DNS servers of the VPC's own. Empty: the VPC uses the DNS server of Amazon. */
  readonly dnsServers: readonly string[];
  /** An existing ECS cluster. Absent: the deploy makes one. */
  readonly clusterName?: string;
  /** Tags of everything that is deployed, beside our own. */
  readonly tags: Readonly<Record<string, string>>;
  /** Name or ARN of the policy that no role may exceed. Absent: roles have no boundary. */
  readonly permissionsBoundary?: string;
  readonly backups: {
    /** An existing bucket. Absent: the deploy makes one. */
    readonly bucketName?: string;
    /** Where backups go in a bucket, when a database does not say otherwise. */
    readonly path: string;
  };
  readonly logRetentionDays: number;
  readonly mysqlWorker: MysqlWorkerSettings;
  /** The function that changes passwords. */
  readonly passwordChange: {
    readonly memoryMib: number;
    /** Whether the VPC gets an interface endpoint for Parameter Store, which is paid for by the hour. */
    readonly parameterStoreEndpoint: boolean;
  };
  readonly api: {
    /**
     * The role that API Gateway writes access logs with, one per account and region. `existing`: the account has one.
     * `create`: the deploy makes one and sets it; it replaces the one that was set before.
     */
    readonly accountLoggingRole: 'existing' | 'create';
  };
  /** Who receives notifications of jobs; further subscribers are added to the topic by hand. */
  readonly notificationEmails: readonly string[];
  /** Databases, as `db_name/db_env`, whose contents a restore may remove. */
  readonly restoreAllowOverwrite: readonly string[];
  readonly databaseTls: DatabaseTlsSetting;
  readonly databases: readonly DatabaseSettings[];
  /** Names of secrets in Secrets Manager that parameters refer to. */
  readonly secretNames: readonly string[];
}
