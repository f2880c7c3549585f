import { join } from 'node:path';
import { databaseParameterPath, resourceNames } from '@serverless-ops/names';
import { loadSettings } from '@serverless-ops/settings';

/** The names of one installation: what settings.yml chose, so that no story and no demo spells them out. */
export interface Installation {
  readonly namePrefix: string;
  /** Path of all parameters, without a slash at the end. */
  readonly parameterPrefix: string;
  /** First part of the keys of backups in the bucket. */
  readonly backupsPath: string;
  readonly cpuArchitecture: 'arm64' | 'x86_64';
  /** Names of the deployed resources. */
  readonly names: ReturnType<typeof resourceNames>;
  /** Path of the parameters of one database. */
  databasePath(dbName: string, dbEnv: string): string;
  /** Folder of the backups of one database in the bucket, without a slash at the end. */
  backupFolder(dbName: string, dbEnv: string): string;
}

/** Reads the names from the settings that the workspace is synthesized with. */
export function readInstallation(workspaceRoot: string): Installation {
  const { namePrefix, parameterPrefix, backups, mysqlWorker } = loadSettings(join(workspaceRoot, 'settings.yml'));
  return {
    namePrefix,
    parameterPrefix,
    backupsPath: backups.path,
    cpuArchitecture: mysqlWorker.cpuArchitecture,
    names: resourceNames(namePrefix),
    databasePath: (dbName, dbEnv) => databaseParameterPath(parameterPrefix, dbName, dbEnv),
    backupFolder: (dbName, dbEnv) => `${backups.path}/${dbName}/${dbEnv}`,
  };
}
