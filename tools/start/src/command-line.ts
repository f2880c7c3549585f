import { join } from 'node:path';

/** What `npm start -- ...` asks for. */
export interface StartOptions {
  readonly port: number;
  /** Absolute or relative to the workspace; undefined keeps nothing. */
  readonly keepFolder: string | undefined;
  /** Whether a sample database is started and filed in Parameter Store. */
  readonly database: boolean;
}

/** The port that LocalStack made usual for AWS on one machine. */
const DEFAULT_PORT = 4566;

/** Folder of `--keep` without a name, in the workspace; Git ignores it. */
const DEFAULT_KEEP_FOLDER = '.local-cloud';

const USAGE = 'Usage: npm start -- [--port N] [--database] [--keep [FOLDER]]';

/** Parses the arguments. Throws an error that says what is wrong and how it is called. */
export function parseStartOptions(words: readonly string[], workspaceRoot: string): StartOptions {
  let port = DEFAULT_PORT;
  let keepFolder: string | undefined;
  let database = false;
  const left = words.flatMap((word) => (/^--(port|keep)=/.test(word) ? splitAtEquals(word) : [word]));
  while (left.length > 0) {
    const word = left.shift();
    if (word === '--port') port = parsePort(left.shift());
    else if (word === '--database') database = true;
    else if (word === '--keep') {
      const named = left[0]?.startsWith('--') === false ? left.shift() : undefined;
      keepFolder = join(workspaceRoot, DEFAULT_KEEP_FOLDER);
      if (named !== undefined) keepFolder = named;
    } else throw new Error(`npm start does not know ${String(word)}. ${USAGE}`);
  }
  return { port, keepFolder, database };
}

function splitAtEquals(word: string): string[] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}

function parsePort(text: string | undefined): number {
  const port = Number(text);
  if (text !== undefined && /^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`--port ${text ?? ''} is no port number from 0 to 65535. ${USAGE}`);
}
