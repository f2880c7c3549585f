import type { Incompleteness } from '../inventory/incompleteness.ts';
import { clientCarries } from './client-carries.ts';
import { misreadByClients } from './inspect-program.ts';
import type { Statement } from './statement.ts';

/** Passes statements on, and reports each object whose statement the command-line clients do not send as it is. */
export async function* reportMisread(
  statements: AsyncIterable<Statement>,
  report: (incompleteness: Incompleteness) => void,
): AsyncGenerator<Statement> {
  for await (const statement of statements) {
    const { sql, makes, clientCharacterSet: characterSet = 'utf8mb4' } = statement;
    if (makes && !clientCarries(Buffer.from(sql).toString('latin1'), { characterSet })) {
      report(misreadByClients(`${makes.kind.toLowerCase()} ${JSON.stringify(makes.name)}`));
    }
    yield statement;
  }
}
