import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { backupManifestSchema, MANIFEST_VERSION } from '@serverless-ops/job-schemas';
import { dumpDatabase, manifestOfDump } from '@serverless-ops/mysql-dump';
import type { BackupToRestore } from '@serverless-ops/mysql-restore';
import type { DatabaseServer } from '@serverless-ops/test-servers';

/** Backs a database up with the worker's engine, into files. */
export async function backUpToFolder(server: DatabaseServer, database: string, folder: string): Promise<void> {
  const { host, port, rootPassword: password } = server;
  const startedAt = new Date().toISOString();
  const dump = await dumpDatabase({
    connection: { host, port, user: 'root', password, database, tls: { mode: 'loopback' } },
    signal: new AbortController().signal,
    send: async (key, source) => {
      const hash = createHash('sha256');
      let storedBytes = 0;
      const hashed = async function* (): AsyncGenerator<Buffer> {
        for await (const piece of source) {
          hash.update(piece);
          storedBytes += piece.length;
          yield Buffer.from(piece);
        }
      };
      await pipeline(hashed, createWriteStream(join(folder, key)));
      return { storedBytes, storedSha256: hash.digest('hex') };
    },
  });
  const manifest = {
    ...{ manifest_version: MANIFEST_VERSION, backup_id: '20261130T000000Z-00000000', db_name: database, tools: {} },
    ...{ engine: 'parallel', started_at: startedAt, finished_at: new Date().toISOString(), restore: { all: '' } },
    ...manifestOfDump(dump),
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

/** A backup in files, proven and read as one in S3. */
export async function openBackupFolder(folder: string): Promise<BackupToRestore> {
  const manifest = backupManifestSchema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  return {
    manifest,
    async verifyObject(key) {
      const hash = createHash('sha256');
      for await (const piece of createReadStream(join(folder, key))) hash.update(piece as Buffer);
      if (hash.digest('hex') !== manifest.objects.find((object) => object.key === key)?.stored_sha256)
        throw new Error(`${key} is not what the manifest says.`);
    },
    read: (key, { range } = {}) =>
      createReadStream(
        join(folder, key),
        range && { start: range.offset, end: range.offset + range.bytes - 1 },
      ) as AsyncIterable<Uint8Array>,
  };
}
