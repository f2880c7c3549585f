import { tlsFor, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import type { ObjectStore } from '@serverless-ops/object-store';
import { DIRECT_ENVIRONMENT, type WorkerEnvironment } from './config.ts';
import {
  checkValues,
  gatherValues,
  isDryRun,
  type CompleteDatabaseSettings,
  type Need,
  type SettingsRequest,
} from './database-settings.ts';
import type { Outside } from './outside.ts';

/** Which database an order names. */
export interface DatabaseReference {
  readonly db_name: string;
  readonly db_env: string;
}

/** Where the backups of a database are stored. */
export interface BackupStorage {
  readonly store: ObjectStore;
  readonly s3Path: string;
}

/** A database, and where its backups are stored. */
export interface DatabaseWithStorage extends BackupStorage {
  readonly connection: DatabaseConnection;
}

/** Finds the database of an order. In a dry run a job touches neither MySQL nor S3. */
export interface Databases {
  /** @throws JobError ParameterMissing, ParameterInvalid, and what the look-up throws */
  find(database: DatabaseReference): Promise<DatabaseConnection | 'dry run'>;
  /** The same for a job that also reads or stores backups. */
  findWithStorage(database: DatabaseReference): Promise<DatabaseWithStorage | 'dry run'>;
  /** For a job that works on backups alone: the settings of the connection may be missing. */
  findStorage(database: DatabaseReference): Promise<BackupStorage | 'dry run'>;
}

export function createDatabases(environment: WorkerEnvironment, outside: Outside): Databases {
  return {
    async find(database) {
      const settings = await settingsOf(database, 'connection');
      return settings === 'dry run' ? settings : connectionOf(settings);
    },
    async findWithStorage(database) {
      const settings = await settingsOf(database, 'connection and storage');
      if (settings === 'dry run') return settings;
      return { connection: connectionOf(settings), ...storageOf(settings) };
    },
    async findStorage(database) {
      const settings = await settingsOf(database, 'storage');
      return settings === 'dry run' ? settings : storageOf(settings);
    },
  };

  async function settingsOf(database: DatabaseReference, need: Need): Promise<CompleteDatabaseSettings | 'dry run'> {
    const { db_name: dbName, db_env: dbEnv } = database;
    const request: SettingsRequest = {
      dbName,
      dbEnv,
      given: environment.given,
      need,
      parameterPrefix: environment.parameterPrefix,
      lookUp: dbEnv === DIRECT_ENVIRONMENT ? undefined : () => outside.lookUpDatabase(dbName, dbEnv),
    };
    const values = await gatherValues(request);
    if (values.db_pass) outside.hideSecret(values.db_pass);
    return isDryRun(values) ? 'dry run' : checkValues(values, request);
  }

  function storageOf({ bucket, s3Path }: CompleteDatabaseSettings): BackupStorage {
    return { store: outside.openStore(bucket), s3Path };
  }

  function connectionOf({ host, port, user, password, database }: CompleteDatabaseSettings): DatabaseConnection {
    const tls = tlsFor(host, environment.databaseTls, outside.authoritiesFile);
    return { host, port, user, password, database, tls };
  }
}
