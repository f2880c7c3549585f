import type { BackupManifest } from '@serverless-ops/job-schemas';
import { drillKey } from '../drills/drill-record.ts';
import { manifestKey, type ListedBackup } from './list-backups.ts';

/** Compares the folder of a backup with its manifest: every object that is missing, unknown or of another size. */
export function folderProblems({ prefix, objects }: ListedBackup, manifest: BackupManifest): string[] {
  const beside = [manifestKey(prefix), drillKey(prefix)];
  const data = objects.filter(({ key }) => !beside.includes(key));
  const stored = new Map(data.map(({ key, bytes }) => [key.slice(prefix.length + 1), bytes]));
  const named = new Map(manifest.objects.map(({ key, stored_bytes }) => [key, stored_bytes]));
  const twice = manifest.objects.length - named.size;
  return [
    ...(twice > 0 ? [`The manifest names ${twice} objects twice`] : []),
    ...[...named].flatMap(([key, bytes]) => {
      const found = stored.get(key);
      if (found === undefined) return [`${key} is missing`];
      return found === bytes ? [] : [`${key} has ${found} bytes, the manifest says ${bytes}`];
    }),
    ...[...stored.keys()].filter((key) => !named.has(key)).map((key) => `${key} is not in the manifest`),
    ...partProblems(manifest, named),
  ];
}

/** Parts of tables that are in no object. */
function partProblems({ tables }: BackupManifest, named: ReadonlyMap<string, number>): string[] {
  return tables.flatMap(({ name, parts = [] }) =>
    parts.flatMap(({ object, offset, stored_bytes }) => {
      const bytes = named.get(object);
      if (bytes === undefined) return [`The table ${name} has a part in ${object}, which is not in the manifest`];
      return offset + stored_bytes <= bytes ? [] : [`The table ${name} has a part that ends after ${object}`];
    }),
  );
}
