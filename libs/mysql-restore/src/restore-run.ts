import { JobError } from '@serverless-ops/job-schemas';
import { quoteIdentifier, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import { readDatabaseName, readFlavor, type ServerFlavor } from '@serverless-ops/mysql-dump';
import type { Connection } from 'mysql2/promise';
import { withoutDefiners, withoutRunningEvents } from './backup/changed-programs.ts';
import type { Definition } from './backup/definitions.ts';
import type { RestorePlan } from './backup/restore-plan.ts';
import { compareObjects } from './compare/compare-objects.ts';
import { compareRows } from './compare/compare-rows.ts';
import { findOrphans } from './compare/orphan-rows.ts';
import { refused } from './errors.ts';
import { loadRows } from './load/load-rows.ts';
import { inParallel } from './load/in-parallel.ts';
import { LoadSession } from './load/load-session.ts';
import type { RestoreDatabaseOptions, RestoreReport } from './restore-database.ts';
import { readServer, targetProblems, throwProblems } from './target/check-target.ts';
import { dropObjects } from './target/clear-target.ts';
import { holdSessionLock } from './target/restore-lock.ts';
import { dropMarker, readMarker, writeMarker, type RestoreMarker } from './target/restore-marker.ts';
import { exists, readContents, type TargetObject } from './target/target-contents.ts';

/** What is done so far. Bytes are of SQL; while objects are proven, of what is stored. */
export interface RestoreProgress {
  readonly phase: 'verifying' | 'restoring' | 'comparing';
  readonly rows: number;
  readonly bytes: number;
  readonly ofRows?: number;
  readonly ofBytes?: number;
}

const DEFAULT_PARALLELISM = 2;

/** A job that is silent for minutes is given up, and the build of an index may take longer. */
const ALIVE_MS = 20_000;

/** A table that is checked against the tables that it merges. */
const MERGE = /\bENGINE=(?:MRG_|MERGE)/i;

/** One run of `restoreDatabase`, from the look at the target on. Its session holds the lock on the target. */
export class RestoreRun {
  readonly #control: Connection;
  readonly #plan: RestorePlan;
  readonly #options: RestoreDatabaseOptions;
  readonly #connection: DatabaseConnection;
  #flavor: ServerFlavor = 'mysql';
  #progress: RestoreProgress;

  constructor(control: Connection, plan: RestorePlan, options: RestoreDatabaseOptions) {
    this.#control = control;
    const resting = options.isScratch ? withoutRunningEvents(plan) : plan;
    this.#plan = options.definer === 'strip' || options.isScratch ? withoutDefiners(resting) : resting;
    this.#options = options;
    this.#connection = { ...options.connection, database: options.database };
    this.#progress = {
      ...{ phase: 'restoring', rows: 0, bytes: 0 },
      ofRows: plan.tables.reduce((sum, { rows }) => sum + rows, 0),
      ofBytes: plan.tables.reduce((sum, { parts }) => sum + parts.reduce((bytes, part) => bytes + part.bytes, 0), 0),
    };
  }

  async run(): Promise<RestoreReport> {
    const { database } = this.#options;
    const warnings = await this.#prepare();
    const sessions: LoadSession[] = [];
    const { signal } = this.#options;
    const close = (): void => sessions.forEach((session) => session.close());
    signal.addEventListener('abort', close, { once: true });
    const alive = setInterval(() => void this.#ping(close), ALIVE_MS);
    try {
      await this.#open(sessions);
      signal.throwIfAborted();
      await this.#makeTables(sessions);
      const { rows, bytes } = await this.#loadRows(sessions);
      this.#report({ ...this.#progress, phase: 'comparing', rows: 0 });
      const comparedTables = await compareRows(sessions, {
        ...{ database, tables: this.#plan.tables },
        onRows: (more) => this.#report({ ...this.#progress, rows: this.#progress.rows + more }),
      });
      await this.#makePrograms(sessions);
      const restored = new Set(this.#plan.tables.map(({ name }) => name));
      const orphans = await findOrphans(this.#control, database, (table) => restored.has(table));
      await compareObjects(this.#control, database, this.#plan);
      signal.throwIfAborted();
      if (!this.#options.isScratch) await dropMarker(this.#control, this.#connection);
      return { rows, bytes, tables: this.#plan.tables.length, comparedTables, warnings: [...orphans, ...warnings] };
    } finally {
      clearInterval(alive);
      signal.removeEventListener('abort', close);
      close();
    }
  }

  /** Everything up to an empty target with a marker. Before the marker, nothing is changed. */
  async #prepare(): Promise<readonly string[]> {
    const { database, overwrite = false, onStart, jobId } = this.#options;
    const control = this.#control;
    await readDatabaseName(control, database);
    this.#flavor = await readFlavor(control);
    const server = await readServer(control, this.#flavor);
    const isThere = await exists(control, database);
    const marker = isThere ? await readMarker(control, database) : undefined;
    const contents = isThere ? await readContents(control, database) : [];
    const leftBehind = marker === undefined || marker === 'nothing done' ? [] : contents.filter(isOf(marker));
    const inTheWay = contents
      .filter((object) => !leftBehind.includes(object))
      .filter((object) => this.#isInTheWay(object));
    if (!overwrite && inTheWay.length > 0) throw notEmpty(database, inTheWay, this.#plan.isWhole);
    throwProblems(
      await targetProblems(control, this.#plan, { server, database, isOverwrite: inTheWay.length > 0 }),
      database,
    );
    const warnings = warningsOf(this.#plan, server);
    const cutOff = marker === undefined || marker === 'nothing done' ? undefined : marker;
    await onStart?.({ removes: inTheWay.length, cutOff, warnings });
    this.#options.signal.throwIfAborted();
    if (!isThere) await control.query(`CREATE DATABASE ${quoteIdentifier(database)}`);
    await control.query(`USE ${quoteIdentifier(database)}`);
    await writeMarker(control, {
      ...{ backupId: this.#plan.manifest.backup_id, jobId },
      scope: this.#scope(cutOff),
    });
    await dropObjects(control, [...leftBehind, ...inTheWay]);
    return warnings;
  }

  #isInTheWay({ kind, name }: TargetObject): boolean {
    if (this.#plan.isWhole) return true;
    return (kind === 'TABLE' || kind === 'VIEW') && this.#plan.tables.some((table) => table.name === name);
  }

  /** What the next restore removes if this one is cut off: what this one makes, and what an earlier one left behind. */
  #scope(cutOff: RestoreMarker | undefined): RestoreMarker['scope'] {
    if (this.#plan.isWhole || cutOff?.scope === 'everything') return 'everything';
    return { tables: [...new Set([...this.#plan.tables.map(({ name }) => name), ...(cutOff?.scope.tables ?? [])])] };
  }

  async #open(sessions: LoadSession[]): Promise<void> {
    const { parallelism = DEFAULT_PARALLELISM, database } = this.#options;
    for (let index = 0; index < parallelism; index++) {
      const session = await LoadSession.open(this.#connection);
      sessions.push(session);
      await holdSessionLock(session.session, database, index);
    }
  }

  async #makeTables(sessions: readonly LoadSession[]): Promise<void> {
    const { preamble, defaults, sequences, tables } = this.#plan;
    const [first] = sessions;
    if (!first) return;
    if (defaults) {
      await first.setUp(preamble);
      await first.send(defaults).catch((error: unknown) => {
        throw refused(error, 'the defaults of the database', this.#connection);
      });
    }
    for (const sequence of await this.#missing(sequences)) await this.#define(first, sequence);
    const definitions = tables.map(({ definition }) => definition);
    const isMerge = ({ create }: Definition): boolean => MERGE.test(create.toString('latin1'));
    for (const some of [definitions.filter((each) => !isMerge(each)), definitions.filter(isMerge)])
      await inParallel(sessions, some, (session, definition) => this.#define(session, definition));
  }

  /** With some tables alone, a sequence that they share with others stays as it is. */
  async #missing(sequences: readonly Definition[]): Promise<readonly Definition[]> {
    if (this.#plan.isWhole || sequences.length === 0) return sequences;
    const there = await readContents(this.#control, this.#options.database);
    return sequences.filter(({ name }) => !there.some((object) => object.name === name));
  }

  async #loadRows(sessions: readonly LoadSession[]): Promise<{ rows: number; bytes: number }> {
    const { backup, signal } = this.#options;
    let bytes = 0;
    await loadRows(sessions, {
      ...{ backup, signal, flavor: this.#flavor, tables: this.#plan.tables, connection: this.#connection },
      onLoaded: (moreBytes, moreRows) => {
        bytes += moreBytes;
        this.#report({ ...this.#progress, bytes, rows: this.#progress.rows + moreRows });
      },
    });
    return { bytes, rows: this.#progress.ofRows ?? 0 };
  }

  async #makePrograms([first]: readonly LoadSession[]): Promise<void> {
    for (const program of this.#plan.programs) if (first) await this.#define(first, program);
  }

  async #define(session: LoadSession, definition: Definition): Promise<void> {
    const { kind } = definition.created;
    try {
      await session.define(this.#plan.preamble, definition);
    } catch (error) {
      throw refused(
        error,
        `the definition of ${kind.toLowerCase()} ${JSON.stringify(definition.name)}`,
        this.#connection,
      );
    }
  }

  #report(progress: RestoreProgress): void {
    this.#progress = progress;
    this.#options.onProgress?.(progress);
  }

  /** The session that holds the lock has nothing to do meanwhile; without it, another restore might begin. */
  async #ping(close: () => void): Promise<void> {
    try {
      await this.#control.ping();
      this.#report(this.#progress);
    } catch {
      close();
    }
  }
}

function isOf({ scope }: RestoreMarker): (object: TargetObject) => boolean {
  return ({ kind, name }) => scope === 'everything' || (kind === 'TABLE' && scope.tables.includes(name));
}

const MAX_NAMED = 10;

function notEmpty(database: string, objects: readonly TargetObject[], isWhole: boolean): JobError {
  const named = objects.slice(0, MAX_NAMED).map(({ kind, name }) => `${kind.toLowerCase()} ${JSON.stringify(name)}`);
  const more = objects.length > MAX_NAMED ? ` and ${objects.length - MAX_NAMED} more` : '';
  return new JobError(
    'TargetNotEmpty',
    `The database "${database}" ${isWhole ? 'is not empty' : 'has such tables already'}: it has ${named.join(', ')}${more}. ` +
      'Nothing was changed. Restore into another database with target_db_name, or set OVERWRITE_target: it removes them.',
  );
}

function warningsOf({ manifest }: RestorePlan, { version, flavor }: { version: string; flavor: string }): string[] {
  const ofMariadb = /mariadb/i.test(manifest.server.version);
  const isOther = ofMariadb !== (flavor === 'mariadb');
  return [
    ...(isOther
      ? [
          `The backup is of ${manifest.server.version}, and the server is ${version}, of another maker: not everything of one comes back on the other.`,
        ]
      : []),
    ...manifest.incomplete.map(({ what, remedy }) => `The backup lacks ${what}: ${remedy}`),
  ];
}
