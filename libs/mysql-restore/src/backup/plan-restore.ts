import { JobError, type BackupManifest } from '@serverless-ops/job-schemas';
import { OBJECTS_OBJECT, TABLES_OBJECT } from '@serverless-ops/mysql-dump';
import { notAsManifestSays } from '../errors.ts';
import type { BackupToRestore } from './backup-to-restore.ts';
import { definitionStatements, MalformedFileError } from './definition-statements.ts';
import { readDefinitions, type Definition, type Definitions } from './definitions.ts';
import { partProblem } from './part-problem.ts';
import type { PlannedTable, RestorePlan } from './restore-plan.ts';
import { BrokenFrameError, decodedFrames } from './zstd-frames.ts';

export interface PlanOptions {
  /** @default the whole backup */
  readonly tables?: readonly string[];
  readonly signal: AbortSignal;
  /** Called with the number of bytes of each piece that was proven. */
  readonly onVerified?: (bytes: number) => void;
}

/** Objects that are proven at once: one waits for the network while another is hashed. */
const PROVEN_AT_ONCE = 3;

/**
 * Proves every object that the restore needs, and reads the definitions. Afterwards nothing of the backup is in doubt, and
 * no statement has been run.
 *
 * @throws JobError InvalidRequest for tables that the backup does not have, or a backup of another engine; BackupCorrupt;
 * what the backup's reads throw
 */
export async function planRestore(
  backup: BackupToRestore,
  { tables, signal, onVerified }: PlanOptions,
): Promise<RestorePlan> {
  const { manifest } = backup;
  refuseOtherEngine(manifest);
  const chosen = tables === undefined || tables.length === 0 ? manifest.tables : choose(manifest, tables);
  const isWhole = tables === undefined || tables.length === 0;
  for (const table of chosen) {
    const problem = partProblem(table);
    if (problem) throw notAsManifestSays('manifest.json', `table ${JSON.stringify(table.name)}: ${problem}`);
  }
  const needed = new Set(chosen.flatMap(({ parts = [] }) => parts.map(({ object }) => object)));
  const keys = manifest.objects
    .map(({ key }) => key)
    .filter((key) => isWhole || needed.has(key) || key === OBJECTS_OBJECT || key === TABLES_OBJECT);
  for (const key of [TABLES_OBJECT, OBJECTS_OBJECT, ...needed]) {
    if (!keys.includes(key)) throw notAsManifestSays('manifest.json', `it names no object ${key}`);
  }
  await verifyAll(backup, keys, { signal, ...(onVerified && { onBytes: onVerified }) });
  const ofTables = await definitionsOf(backup, TABLES_OBJECT, signal);
  const ofPrograms = await definitionsOf(backup, OBJECTS_OBJECT, signal);
  return plan(manifest, { chosen, isWhole, ofTables, ofPrograms });
}

function plan(
  manifest: BackupManifest,
  {
    chosen,
    isWhole,
    ofTables,
    ofPrograms,
  }: { chosen: BackupManifest['tables']; isWhole: boolean; ofTables: Definitions; ofPrograms: Definitions },
): RestorePlan {
  const made = new Map(
    ofTables.definitions.filter(({ created }) => created.kind === 'TABLE').map((each) => [each.name, each]),
  );
  const unlisted = [...made.keys()].find((name) => !manifest.tables.some((table) => table.name === name));
  if (unlisted !== undefined && isWhole)
    throw notAsManifestSays(TABLES_OBJECT, `it makes a table ${JSON.stringify(unlisted)}`);
  const tables = chosen.map(({ name, rows, checksum, parts = [] }): PlannedTable => {
    const definition = made.get(name);
    if (!definition) throw notAsManifestSays(TABLES_OBJECT, `it does not make the table ${JSON.stringify(name)}`);
    return { name, rows, checksum, definition, parts: parts.filter(({ object }) => object !== TABLES_OBJECT) };
  });
  const sequences = ofTables.definitions.filter(({ created }) => created.kind === 'SEQUENCE');
  const names = new Set(tables.map(({ name }) => Buffer.from(name).toString('latin1')));
  return {
    ...{ manifest, isWhole, tables, preamble: ofTables.preamble },
    defaults: isWhole ? ofTables.defaults : undefined,
    sequences: isWhole ? sequences : sequences.filter((sequence) => tables.some((table) => takesFrom(table, sequence))),
    programs: isWhole
      ? ofPrograms.definitions
      : ofPrograms.definitions.filter(({ created }) => created.kind === 'TRIGGER' && names.has(created.table ?? '')),
  };
}

/** Whether a column of the table has its numbers from the sequence. */
function takesFrom({ definition }: PlannedTable, { created }: Definition): boolean {
  const quoted = `\`${created.name.replaceAll('`', '``')}\``;
  return definition.create.toString('latin1').includes(`val(${quoted}`);
}

function refuseOtherEngine({ engine, restore, backup_id: id }: BackupManifest): void {
  if (engine === 'parallel') return;
  throw new JobError(
    'InvalidRequest',
    `The backup ${id} was made with engine "${engine}", whose dump is one piece that this job cannot prove after the restore. ` +
      `Restore it by hand: ${restore.all}. Or choose a backup of engine "parallel".`,
  );
}

function choose({ tables, backup_id: id }: BackupManifest, names: readonly string[]): BackupManifest['tables'] {
  const unknown = names.filter((name) => !tables.some((table) => table.name === name));
  if (unknown.length === 0) return tables.filter(({ name }) => names.includes(name));
  throw new JobError(
    'InvalidRequest',
    `The backup ${id} has no such tables: ${unknown.map((name) => JSON.stringify(name)).join(', ')}. A name is exact and no ` +
      'pattern. Correct include_tables, or choose another backup_id.',
  );
}

async function verifyAll(
  backup: BackupToRestore,
  keys: readonly string[],
  options: { readonly signal: AbortSignal; readonly onBytes?: (bytes: number) => void },
): Promise<void> {
  const left = [...keys];
  const verifyNext = async (): Promise<void> => {
    for (let key = left.shift(); key !== undefined; key = left.shift()) await backup.verifyObject(key, options);
  };
  await Promise.all(Array.from({ length: PROVEN_AT_ONCE }, verifyNext));
  options.signal.throwIfAborted();
}

async function definitionsOf(backup: BackupToRestore, key: string, signal: AbortSignal): Promise<Definitions> {
  try {
    const file: Buffer[] = [];
    for await (const frame of decodedFrames(backup.read(key, { signal }))) file.push(frame);
    return readDefinitions(definitionStatements(Buffer.concat(file)));
  } catch (error) {
    if (error instanceof MalformedFileError || error instanceof BrokenFrameError)
      throw notAsManifestSays(key, error.message);
    throw error;
  }
}
