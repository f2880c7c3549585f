import { JobError, type ErrorCode } from '@serverless-ops/job-schemas';
import { readRights, selectRows, type ServerFlavor } from '@serverless-ops/mysql-dump';
import type { Connection } from 'mysql2/promise';
import type { ServerConnection } from '@serverless-ops/mysql-connect';
import type { RestorePlan } from '../backup/restore-plan.ts';
import { engineOf } from '../backup/table-engine.ts';
import { definerProblems } from './definer-problems.ts';
import { neededRights } from './needed-rights.ts';
import { settingProblems } from './setting-problems.ts';

/** What a server says of itself, as far as a restore depends on it. */
export interface TargetServer {
  readonly version: string;
  readonly flavor: ServerFlavor;
  readonly packetBytes: number;
  /** Names of tables that differ in case alone are one table. */
  readonly ignoresCase: boolean;
  /** Whether functions and triggers need SUPER. */
  readonly trustsNobody: boolean;
  readonly isReadOnly: boolean;
  /** Engines that it refuses to make tables of, or the only one that it makes; undefined: it makes all that it has. */
  readonly enforcedEngine: string | undefined;
  readonly disabledEngines: readonly string[];
  /** How the server spells the name of a table. */
  readonly spelled: (name: string) => string;
}

/** Something that would end the restore half-way. */
export interface TargetProblem {
  readonly code: ErrorCode;
  readonly what: string;
}

export async function readServer(session: Connection, flavor: ServerFlavor): Promise<TargetServer> {
  const [row] = await selectRows<Record<string, unknown>>(
    session,
    `SELECT VERSION() AS version, @@GLOBAL.max_allowed_packet AS packetBytes, @@lower_case_table_names AS lowers,
            @@GLOBAL.log_bin AS logs, @@GLOBAL.log_bin_trust_function_creators AS trusts, @@GLOBAL.read_only AS readOnly`,
  );
  const engines = await readEngineRules(session, flavor);
  const ignoresCase = Number(row?.['lowers']) > 0;
  return {
    flavor,
    ...engines,
    spelled: (name) => (ignoresCase ? name.toLowerCase() : name),
    version: String(row?.['version']),
    packetBytes: Number(row?.['packetBytes']),
    ignoresCase,
    trustsNobody: Number(row?.['logs']) === 1 && Number(row?.['trusts']) === 0,
    isReadOnly: Number(row?.['readOnly']) === 1,
  };
}

async function readEngineRules(
  session: Connection,
  flavor: ServerFlavor,
): Promise<Pick<TargetServer, 'enforcedEngine' | 'disabledEngines'>> {
  const variable = flavor === 'mariadb' ? '@@GLOBAL.enforce_storage_engine' : '@@GLOBAL.disabled_storage_engines';
  const [row] = await selectRows<{ engines: string | null }>(session, `SELECT ${variable} AS engines`);
  const engines = row?.engines ?? '';
  if (flavor === 'mariadb') return { enforcedEngine: engines || undefined, disabledEngines: [] };
  return { enforcedEngine: undefined, disabledEngines: engines.split(',').map((each) => each.trim().toUpperCase()) };
}

/** Everything of the server and the account that would end the restore, before anything is changed. */
export async function targetProblems(
  session: Connection,
  plan: RestorePlan,
  {
    server,
    database,
    connection,
    isOverwrite,
  }: { server: TargetServer; database: string; connection: ServerConnection; isOverwrite: boolean },
): Promise<TargetProblem[]> {
  const rights = await readRights(session, database, server.flavor);
  const missing = neededRights(plan, isOverwrite).filter((right) => !rights.has(right));
  const isSuper = rights.hasEverywhere('SUPER');
  return [
    ...(server.isReadOnly && !isSuper && !rights.hasEverywhere(WRITES_ANYWAY[server.flavor])
      ? [{ code: 'ServerReadOnly' as const, what: 'The server is read-only: restore on the primary.' }]
      : []),
    ...(missing.length > 0
      ? [{ code: 'AccessDenied' as const, what: `The account lacks rights on the database: ${missing.join(', ')}.` }]
      : []),
    ...packetProblem(plan, server),
    ...caseProblem(plan, server),
    ...(server.trustsNobody &&
    !isSuper &&
    plan.programs.some(({ created }) => /FUNCTION|TRIGGER|PACKAGE/.test(created.kind))
      ? [
          {
            code: 'AccessDenied' as const,
            what:
              'The server writes a binary log and trusts no account with functions and triggers: set ' +
              'log_bin_trust_function_creators = 1.',
          },
        ]
      : []),
    ...engineProblems(plan, server),
    ...(await settingProblems(connection, plan)),
    ...(await definerProblems(session, plan, { flavor: server.flavor, rights })),
  ];
}

/** The right to write on a server that is read-only. */
const WRITES_ANYWAY: Record<ServerFlavor, string> = { mariadb: 'READ_ONLY ADMIN', mysql: 'CONNECTION_ADMIN' };

/** Tables of engines that the server does not let be made. */
function engineProblems({ tables }: RestorePlan, { enforcedEngine, disabledEngines }: TargetServer): TargetProblem[] {
  const refused = tables
    .map(({ name, definition }) => ({ name, engine: engineOf(definition).toUpperCase() }))
    .find(({ engine }) =>
      enforcedEngine === undefined ? disabledEngines.includes(engine) : engine !== enforcedEngine.toUpperCase(),
    );
  if (!refused) return [];
  const setting =
    enforcedEngine === undefined ? 'disabled_storage_engines' : `enforce_storage_engine = ${enforcedEngine}`;
  return [
    {
      code: 'ServerUnsupported',
      what: `The server has ${setting}, and the table ${JSON.stringify(refused.name)} is of engine ${refused.engine}: restore on another server.`,
    },
  ];
}

/** Throws one error that names all problems; its code is that of the first. */
export function throwProblems(problems: readonly TargetProblem[], database: string): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new JobError(
    first.code,
    `The backup cannot be restored into "${database}". ${problems.map(({ what }) => what).join(' ')} Nothing was changed. ` +
      'Remove these reasons, then order the job again.',
  );
}

function packetProblem({ manifest }: RestorePlan, { packetBytes }: TargetServer): TargetProblem[] {
  const longest = manifest.longest_statement_bytes ?? 0;
  if (longest < packetBytes) return [];
  return [
    {
      code: 'ServerUnsupported',
      what: `The longest statement has ${longest} bytes, and max_allowed_packet of the server is ${packetBytes}: set it to 1073741824.`,
    },
  ];
}

function caseProblem({ tables }: RestorePlan, { ignoresCase }: TargetServer): TargetProblem[] {
  if (!ignoresCase) return [];
  const alike = Map.groupBy(tables, ({ name }) => name.toLowerCase());
  const [pair] = [...alike.values()].filter((group) => group.length > 1);
  if (!pair) return [];
  const names = pair.map(({ name }) => JSON.stringify(name)).join(' and ');
  return [
    {
      code: 'ServerUnsupported',
      what: `The server has lower_case_table_names, and takes the tables ${names} for one: restore one at a time, or on another server.`,
    },
  ];
}
