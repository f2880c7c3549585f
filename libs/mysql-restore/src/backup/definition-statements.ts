/** Lines in front of a statement that are for the command-line clients alone. */
const FOR_CLIENTS = /^(?:\\C \w+\n)+/;

/** More than any name of a character set that a line for clients can hold. */
const MAX_CLIENT_LINES_BYTES = 200;

/** Thrown for a file that is not as the dump writes it. */
export class MalformedFileError extends Error {
  override readonly name = 'MalformedFileError';
}

/**
 * Cuts a file of definitions, or some parts of one in a row, into its statements: bytes, because a definition keeps the
 * character set of its author.
 */
export function definitionStatements(file: Buffer): Buffer[] {
  const [, delimiter] = /^DELIMITER (;;[0-9a-f]{12})\n/.exec(file.subarray(0, 100).toString('latin1')) ?? [];
  if (delimiter === undefined) throw new MalformedFileError('it does not begin with a delimiter');
  const end = Buffer.from(`\n${delimiter}\n`);
  const last = Buffer.from('DELIMITER ;\n');
  const statements: Buffer[] = [];
  let at = `DELIMITER ${delimiter}\n`.length;
  for (let next = file.indexOf(end, at); next !== -1; next = file.indexOf(end, at)) {
    statements.push(withoutClientLines(file.subarray(at, next)));
    at = next + end.length;
  }
  if (!withoutClientLines(file.subarray(at)).equals(last)) throw new MalformedFileError('its last line is missing');
  return statements;
}

function withoutClientLines(statement: Buffer): Buffer {
  const [lines = ''] = FOR_CLIENTS.exec(statement.subarray(0, MAX_CLIENT_LINES_BYTES).toString('latin1')) ?? [];
  return statement.subarray(lines.length);
}
