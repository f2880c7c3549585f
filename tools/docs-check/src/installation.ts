import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import {
  createBackupUser,
  createPasswordAdmin,
  createSampleDatabase,
  startLocalCloud,
  startMariadb,
  type DatabaseServer,
  type LocalCloud,
} from '@serverless-ops/test-servers';
import { writeCommands } from './reader-commands.ts';
import { WORKSPACE_ROOT } from './workspace-pages.ts';

/** Rows of the sample database: few, because the pages are about commands. */
const ROWS = 500;

/** What a reader has who follows the pages: a server with the sample database, the local cloud, a checkout and a home. */
export class Installation {
  readonly server: DatabaseServer;
  readonly cloud: LocalCloud;
  readonly ssm: SSMClient;
  /** Passwords of the accounts `backup` and `password_admin` of the server. */
  readonly passwords: { readonly backup: string; readonly admin: string };
  /** The checkout: links to the files of the workspace, in a folder that the commands may write to. */
  readonly checkout: string;
  readonly #folder: string;

  private constructor(server: DatabaseServer, cloud: LocalCloud, passwords: Installation['passwords'], folder: string) {
    this.server = server;
    this.cloud = cloud;
    this.passwords = passwords;
    this.ssm = new SSMClient(cloud.client);
    this.#folder = folder;
    this.checkout = join(folder, 'checkout');
  }

  static async open(): Promise<Installation> {
    const [server, cloud] = await Promise.all([startMariadb(), startLocalCloud({ workspaceRoot: WORKSPACE_ROOT })]);
    await createSampleDatabase(server, { rows: ROWS });
    const passwords = {
      backup: await createBackupUser(server, 'classicmodels'),
      admin: await createPasswordAdmin(server, 'classicmodels'),
    };
    const folder = mkdtempSync(join(tmpdir(), 'reader-'));
    for (const name of ['checkout', 'home', 'bin']) mkdirSync(join(folder, name));
    for (const name of readdirSync(WORKSPACE_ROOT))
      symlinkSync(join(WORKSPACE_ROOT, name), join(folder, 'checkout', name));
    writeFileSync(join(folder, 'home', '.my.cnf'), clientOptions(server), { mode: 0o600 });
    writeCommands(join(folder, 'bin'));
    return new Installation(server, cloud, passwords, folder);
  }

  /** What the terminal of a reader has in its environment who pasted the lines that `npm start` prints. */
  get environment(): Record<string, string> {
    const programs = [
      join(this.#folder, 'bin'),
      join(WORKSPACE_ROOT, 'node_modules', '.bin'),
      process.env['PATH'] ?? '',
    ];
    return {
      PATH: programs.join(':'),
      HOME: join(this.#folder, 'home'),
      TERM: 'dumb',
      AWS_PAGER: '',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...this.cloud.environment,
      API_URL: this.cloud.apiUrl,
      API_KEY: this.cloud.apiKey,
    };
  }

  /** The value of an output, whichever stack has it. */
  output(name: string): string {
    return this.cloud.output(name);
  }

  async close(): Promise<void> {
    await Promise.all([this.server.stop(), this.cloud.stop()]);
    rmSync(this.#folder, { recursive: true });
  }
}

/** The option file with which a reader's `mysql` finds a server to restore into. */
function clientOptions({ host, port, rootPassword }: DatabaseServer): string {
  return `[client]\nhost=${host}\nport=${port}\nuser=root\npassword=${rootPassword}\n`;
}
