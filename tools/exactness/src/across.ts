import {
  createZoo,
  digestTable,
  restoreByClient,
  type DatabaseServer,
  type ZooCase,
} from '@serverless-ops/test-servers';
import { ENGINE } from './engine.ts';
import { whatWasSaid } from './outcome.ts';

/** Collations that MariaDB 10.11 lacks, by one that sorts almost alike. */
const COLLATIONS = /utf8mb4_0900_(?:ai_ci|as_ci|as_cs|bin)|utf8mb4_[a-z_]+_0900_(?:ai_ci|as_cs)/g;

/** How a dump of the engine fares on a server of the other maker: `same`, what differs, or the first error. */
export async function acrossMakers(
  from: DatabaseServer,
  to: DatabaseServer,
  zoo: ZooCase,
  database: string,
): Promise<string> {
  try {
    await createZoo(from, database, zoo);
    const dump = await ENGINE.dump(from, database);
    await to.query(`CREATE DATABASE \`${database}\``);
    await to.query(`CREATE DATABASE \`${database}_other\``);
    await restoreByClient(to, database, to.flavor === 'mariadb' ? withKnownCollations(dump.sql) : dump.sql);
    const [before, after] = [await contents(from, database), await contents(to, database)];
    const different = [...new Set([...before.keys(), ...after.keys()])].filter(
      (what) => before.get(what) !== after.get(what),
    );
    return different.length === 0 ? 'same' : different.join(', ');
  } catch (error) {
    return whatWasSaid(error);
  } finally {
    for (const server of [from, to]) {
      await server.query(`DROP DATABASE IF EXISTS \`${database}\``);
      await server.query(`DROP DATABASE IF EXISTS \`${database}_other\``);
    }
  }
}

function withKnownCollations(sql: Buffer): Buffer {
  return Buffer.from(sql.toString('latin1').replaceAll(COLLATIONS, 'utf8mb4_unicode_520_ci'), 'latin1');
}

const OBJECTS = `
  SELECT IF(table_type = 'VIEW', 'view', 'table') AS kind, table_name AS name FROM information_schema.tables WHERE table_schema = :schema
  UNION ALL SELECT 'trigger', trigger_name FROM information_schema.triggers WHERE trigger_schema = :schema
  UNION ALL SELECT 'routine', routine_name FROM information_schema.routines WHERE routine_schema = :schema
  UNION ALL SELECT 'event', event_name FROM information_schema.events WHERE event_schema = :schema`;

/** What both makers can say in the same words: which objects there are, and the digest of every table's rows. */
async function contents(server: DatabaseServer, database: string): Promise<Map<string, string>> {
  const connection = await server.connect(database);
  try {
    await connection.query("SET time_zone = '+00:00', sql_mode = ''");
    const [objects] = await connection.query({ sql: OBJECTS, namedPlaceholders: true }, { schema: database });
    const found = new Map<string, string>();
    for (const { kind, name } of objects as { kind: string; name: string }[]) {
      const rows = kind === 'table' ? await digestTable(connection, database, name) : undefined;
      found.set(`${kind} ${name}`, rows === undefined ? '' : `${rows.rows} ${rows.digest}`);
    }
    return found;
  } finally {
    await connection.end();
  }
}
