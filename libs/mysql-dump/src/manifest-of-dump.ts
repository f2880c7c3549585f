import type { BackupManifest } from '@serverless-ops/job-schemas';
import type { DatabaseDump } from './dump-database.ts';

/** What a dump knows of its backup's manifest. */
export type ManifestOfDump = Pick<
  BackupManifest,
  'consistency' | 'server' | 'incomplete' | 'longest_statement_bytes' | 'objects' | 'tables'
>;

/** A dump, as a manifest says it. */
export function manifestOfDump({ inventory, ...dump }: DatabaseDump): ManifestOfDump {
  return {
    consistency: dump.snapshot.method,
    server: {
      version: dump.serverVersion,
      character_set: inventory.defaults.characterSet,
      collation: inventory.defaults.collation,
    },
    incomplete: dump.incomplete.map(({ what, why, remedy }) => ({ what, why, remedy })),
    longest_statement_bytes: dump.longestStatementBytes,
    objects: dump.objects.map(({ key, bytes, storedBytes, storedSha256 }) => ({
      key,
      bytes,
      stored_bytes: storedBytes,
      stored_sha256: storedSha256,
      compression: 'zstd',
    })),
    tables: dump.tables.map(({ name, rows, checksum, parts }) => ({
      name,
      rows,
      ...(checksum !== undefined && { checksum }),
      parts: parts.map((part) => ({
        object: part.object,
        offset: part.offset,
        stored_bytes: part.storedBytes,
        bytes: part.bytes,
        rows: part.rows,
        ...(part.checksum !== undefined && { checksum: part.checksum }),
      })),
    })),
  };
}
