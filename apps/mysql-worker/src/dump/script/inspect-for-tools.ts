import { JobError } from '@serverless-ops/job-schemas';
import { connect, translateMysqlError, type DatabaseConnection } from '@serverless-ops/mysql-connect';
import { readInventory, type Incompleteness, type Inventory } from '@serverless-ops/mysql-dump';
import { readToolFacts } from './read-tool-facts.ts';
import { lossesOfTools, whyToolsFail } from './tool-faults.ts';

/** What is known of a database before a dump tool reads it. */
export interface ToolInspection {
  readonly incomplete: readonly Incompleteness[];
  /** Things that MariaDB's tool loses of MySQL, each as a sentence's subject. */
  readonly onlyForMysqldump: readonly string[];
}

/**
 * Finds what the dump tools do wrong in silence, with the inventory of the dump engine. A script that calls them in
 * another way may do better: what it has from here are warnings, but for what ends in no backup at all.
 * @throws JobError DumpFailed with each reason, and those of {@link translateMysqlError}
 */
export async function inspectForTools(connection: DatabaseConnection): Promise<ToolInspection> {
  const session = await connect(connection);
  try {
    const inventory = await readInventory(session, connection.database);
    const facts = await readToolFacts(session);
    const reasons = whyToolsFail(facts);
    if (reasons.length > 0) {
      throw new JobError(
        'DumpFailed',
        `The dump tools cannot back this database up: ${reasons.join('; ')}. Nothing was dumped. Order the backup with engine: parallel.`,
      );
    }
    return {
      incomplete: [...inventory.incomplete, ...lossesOfTools(inventory, facts)],
      onlyForMysqldump: onlyForMysqldump(inventory),
    };
  } catch (error) {
    throw translateMysqlError(error, connection);
  } finally {
    session.destroy();
  }
}

function onlyForMysqldump({ flavor, tables, routines }: Inventory): string[] {
  if (flavor === 'mariadb') return [];
  const hasVector = tables.some(({ rows }) => rows?.columns.some(({ dataType }) => dataType === 'vector'));
  return [
    ...(hasVector ? ['VECTOR columns'] : []),
    ...(routines.some(({ kind }) => kind === 'LIBRARY') ? ['libraries'] : []),
    ...(tables.some(({ engine }) => engine === 'MRG_MYISAM') ? ['MERGE tables'] : []),
  ];
}
