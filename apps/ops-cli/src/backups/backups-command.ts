import { JobError } from '@serverless-ops/job-schemas';
import { databaseParameterPath } from '@serverless-ops/names';
import type { DatabaseFolder } from '@serverless-ops/object-store';
import { Command } from 'commander';
import { AwsRefusedError, UsageError } from '../errors.ts';
import { checkReference } from '../params/argument-checks.ts';
import type { OpsParameterStore } from '../parameter-store.ts';
import { readSettings } from '../read-settings.ts';
import type { BackupCatalogue, Surroundings } from '../surroundings.ts';
import { backupsAsJson, describeBackups, type BackupWithDrill } from './describe-backups.ts';

/** `ops backups`: what is in the bucket of a database, by one listing of its keys and the records of drills. */
export function createBackupsCommand(surroundings: Surroundings): Command {
  return new Command('backups')
    .summary('list the backups of a database')
    .description(
      'Lists the backups of a database: id, age, how long it took, stored size, engine, last drill. It reads no backup; ' +
        'ops verify does. A folder without a manifest is no backup.',
    )
    .argument('<db_name>', 'database')
    .argument('<db_env>', 'its environment')
    .option('--json', 'print JSON for a program')
    .action(async (dbName: string, dbEnv: string, _options, self: Command) => {
      const { settings: file, json = false } = self.optsWithGlobals<{ settings?: string; json?: boolean }>();
      checkReference({ dbName, dbEnv });
      const settings = readSettings(file ?? surroundings.defaultSettingsFile);
      const path = databaseParameterPath(settings.parameterPrefix, dbName, dbEnv);
      const { bucket, s3Path } = await storageOf(path, surroundings.connect(settings));
      const store = surroundings.connectStore(settings, bucket);
      const backups = await asked(listWithDrills(store, { s3Path, dbName, dbEnv }));
      if (json) surroundings.say(backupsAsJson(backups));
      else if (backups.length > 0) surroundings.say(describeBackups(backups, surroundings.now()));
      else surroundings.say(`There is no backup below s3://${bucket}/${s3Path}/${dbName}/${dbEnv}/.\n`);
    });
}

/** Where the database's parameters say that its backups are. No secret is decrypted. */
async function storageOf(path: string, store: OpsParameterStore): Promise<{ bucket: string; s3Path: string }> {
  const stored = await store.listBelow(path, { decrypt: false });
  const value = (name: string): string | undefined => stored.find((each) => each.name === `${path}/${name}`)?.value;
  const [bucket, s3Path] = [value('s3_bucket'), value('s3_path')];
  if (bucket === undefined || s3Path === undefined) {
    throw new UsageError([
      `Parameter Store has no ${bucket === undefined ? 's3_bucket' : 's3_path'} below ${path}. ` +
        'Store it with "npx ops params push", or check the names.',
    ]);
  }
  return { bucket, s3Path: s3Path.replaceAll(/^\/+|\/+$/g, '') };
}

/** Records of drills that are read at once. */
const AT_ONCE = 16;

async function listWithDrills(store: BackupCatalogue, folder: DatabaseFolder): Promise<BackupWithDrill[]> {
  const { backups } = await store.listBackups(folder);
  const listed: BackupWithDrill[] = [];
  while (listed.length < backups.length) {
    const some = backups.slice(listed.length, listed.length + AT_ONCE);
    const drills = await Promise.all(some.map((backup) => store.readDrillRecord(backup)));
    listed.push(...some.map((backup, i) => ({ ...backup, lastDrill: drills[i] })));
  }
  return listed;
}

async function asked<Answer>(listing: Promise<Answer>): Promise<Answer> {
  return listing.catch((error: unknown) => {
    throw error instanceof JobError ? new AwsRefusedError(error.message) : error;
  });
}
