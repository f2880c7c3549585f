/** A database server program, and what is particular to its kind. */
export interface ServerProgram {
  readonly flavor: 'mariadb' | 'mysql';
  /** The program, then the arguments that always come first. */
  readonly command: readonly [string, ...string[]];
  /** Names the cached, freshly initialised data folder: changes with the version and with how it is made. */
  readonly templateName: string;
  /** Makes a data folder in which `root` has no password. */
  initialize(dataFolder: string): Promise<void>;
  /** Options of a start that only this kind knows. */
  readonly startOptions: readonly string[];
}

/** A server that root starts must run as somebody else: this account exists without a server being set up here. */
export const SERVER_USER = 'nobody';

/** True when the server has to be told to change to {@link SERVER_USER}. */
export function startsAsRoot(): boolean {
  return process.getuid?.() === 0;
}
