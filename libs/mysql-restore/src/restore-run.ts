import { JobError } from '@serverless-ops/job-schemas';
import { translateMysqlError, type DatabaseConnection } from '@serverless-ops/mysql-connect';
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
import { dropObjects } from './target/clear-target.ts';
import type { TargetServer } from './target/check-target.ts';
import { readCreationTimes } from './target/left-behind.ts';
import { prepareTarget, type PreparedTarget } from './target/prepare-target.ts';
import { holdSessionLock } from './target/restore-lock.ts';
import { dropMarker, writeMarker, type CreationTimes } from './target/restore-marker.ts';

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
    const prepared = await prepareTarget(this.#control, this.#plan, this.#options);
    try {
      await dropObjects(this.#control, prepared.toRemove);
      return await this.#fill(prepared);
    } catch (error) {
      throw isMarked(error, this.#connection);
    }
  }

  /** Everything that a target without anything but the marker receives, and the comparison at the end. */
  async #fill({ server, marker, warnings }: PreparedTarget): Promise<RestoreReport> {
    const { database } = this.#options;
    const sessions: LoadSession[] = [];
    const { signal } = this.#options;
    const close = (): void => sessions.forEach((session) => session.close());
    signal.addEventListener('abort', close, { once: true });
    const alive = setInterval(() => void this.#ping(close), ALIVE_MS);
    try {
      await this.#open(sessions);
      signal.throwIfAborted();
      await this.#makeTables(sessions, marker.wanted, server);
      const made = { ...marker, made: await this.#creationTimes(marker.wanted) };
      await writeMarker(this.#control, made);
      const { rows, bytes } = await this.#loadRows(sessions, server);
      this.#report({ ...this.#progress, phase: 'comparing', rows: 0 });
      const comparedTables = await compareRows(sessions, {
        ...{ database, tables: this.#plan.tables, server },
        onRows: (more) => this.#report({ ...this.#progress, rows: this.#progress.rows + more }),
      });
      await writeMarker(this.#control, { ...made, makesPrograms: true });
      await this.#makePrograms(sessions);
      const restored = new Set(this.#plan.tables.map(({ name }) => server.spelled(name)));
      const orphans = await findOrphans(this.#control, database, (table) => restored.has(table));
      await compareObjects(this.#control, database, this.#plan, server);
      signal.throwIfAborted();
      if (!this.#options.isScratch) await dropMarker(this.#control, this.#connection);
      return { rows, bytes, tables: this.#plan.tables.length, comparedTables, warnings: [...orphans, ...warnings] };
    } finally {
      clearInterval(alive);
      signal.removeEventListener('abort', close);
      close();
    }
  }

  async #open(sessions: LoadSession[]): Promise<void> {
    const { parallelism = DEFAULT_PARALLELISM, database } = this.#options;
    for (let index = 0; index < parallelism; index++) {
      const session = await LoadSession.open(this.#connection);
      sessions.push(session);
      await holdSessionLock(session.session, database, index);
    }
  }

  async #creationTimes(wanted: readonly string[]): Promise<CreationTimes> {
    const times = await readCreationTimes(this.#control, this.#options.database);
    return Object.fromEntries(wanted.map((name) => [name, times[name] ?? null]));
  }

  async #makeTables(
    sessions: readonly LoadSession[],
    wanted: readonly string[],
    { spelled }: TargetServer,
  ): Promise<void> {
    const { preamble, defaults, sequences, tables } = this.#plan;
    const [first] = sessions;
    if (!first) return;
    if (defaults) {
      await first.setUp(preamble);
      await first.send(defaults).catch((error: unknown) => {
        throw refused(error, 'the defaults of the database', this.#connection);
      });
    }
    // With some tables alone, a sequence that they share with others stays as it is.
    const missing = sequences.filter(({ name }) => wanted.includes(spelled(name)));
    for (const sequence of missing) await this.#define(first, sequence);
    const definitions = tables.map(({ definition }) => definition);
    const isMerge = ({ create }: Definition): boolean => MERGE.test(create.toString('latin1'));
    for (const some of [definitions.filter((each) => !isMerge(each)), definitions.filter(isMerge)])
      await inParallel(sessions, some, (session, definition) => this.#define(session, definition));
  }

  async #loadRows(
    sessions: readonly LoadSession[],
    { flavor }: TargetServer,
  ): Promise<{ rows: number; bytes: number }> {
    const { backup, signal } = this.#options;
    let bytes = 0;
    await loadRows(sessions, {
      ...{ backup, signal, flavor, tables: this.#plan.tables, connection: this.#connection },
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

/** An error after the marker was written tells that it is there. */
function isMarked(error: unknown, connection: DatabaseConnection): unknown {
  const translated = translateMysqlError(error, connection);
  if (/\bmarked\b/.test(translated.message)) return translated;
  return new JobError(
    translated.code,
    `${translated.message} The target is not whole, and is marked as such: order the same job again, it starts clean.`,
    { cause: translated.cause },
  );
}
