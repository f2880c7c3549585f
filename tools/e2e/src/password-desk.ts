import {
  GetParameterCommand,
  GetParametersByPathCommand,
  ParameterNotFound,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import type { PasswordChangeOptions, PasswordChangeResult } from '@serverless-ops/job-schemas';
import {
  databaseAdminParameterPath,
  databaseUserParameterPath,
  type DatabaseUserParameter,
} from '@serverless-ops/names';
import { createPasswordAdmin, type JobStatus } from '@serverless-ops/test-servers';
import { createConnection } from 'mysql2/promise';
import { DATABASE, INSTALLATION, type Stage } from './stage.ts';

const PREFIX = INSTALLATION.parameterPrefix;
const KEY_ID = INSTALLATION.names.keyAlias;

type Options = Partial<Omit<PasswordChangeOptions, 'db_name' | 'db_env'>>;

/** Orders changes of passwords on the database server of a stage, and has the administrator's account there. */
export class PasswordDesk {
  /** Password of the account that changes others; no output of anything may hold it. */
  readonly adminPassword: string;
  /** Every password that passed over the desk. */
  readonly secrets = new Set<string>();
  readonly #stage: Stage;

  private constructor(stage: Stage, adminPassword: string) {
    this.#stage = stage;
    this.adminPassword = adminPassword;
  }

  /** Makes the administrator's account, and files it. */
  static async open(stage: Stage): Promise<PasswordDesk> {
    const desk = new PasswordDesk(stage, await createPasswordAdmin(stage.server, DATABASE.db_name));
    const path = databaseAdminParameterPath(PREFIX, DATABASE.db_name, DATABASE.db_env);
    await desk.#put(`${path}/db_user`, 'password_admin', 'String');
    await desk.#put(`${path}/db_pass`, desk.adminPassword, 'SecureString');
    return desk;
  }

  /** Registers an account, and stores more of it. */
  async register(dbUser: string, values: Readonly<Partial<Record<DatabaseUserParameter, string>>> = {}): Promise<void> {
    await this.file(dbUser, { account: 'application', ...values });
  }

  async file(dbUser: string, values: Readonly<Partial<Record<DatabaseUserParameter, string>>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      await this.#put(`${this.#path(dbUser)}/${name}`, value, name.includes('password') ? 'SecureString' : 'String');
    }
  }

  /** The password that Parameter Store has for an account. */
  async password(dbUser: string): Promise<string | undefined> {
    const password = await this.#find(`${this.#path(dbUser)}/password`);
    if (password !== undefined) this.secrets.add(password);
    return password;
  }

  async #find(name: string): Promise<string | undefined> {
    try {
      const { Parameter } = await this.#stage.ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
      return Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  }

  /** Names of everything that Parameter Store has of an account. */
  async filed(dbUser: string): Promise<string[]> {
    const path = this.#path(dbUser);
    const { Parameters: found = [] } = await this.#stage.ssm.send(new GetParametersByPathCommand({ Path: path }));
    return found.map(({ Name = '' }) => Name.slice(path.length + 1)).sort();
  }

  /** Orders a change over the API; gives the job's id. */
  order(dbUser: string, options: Options = {}): Promise<string> {
    return this.#stage.api.order({
      job_name: 'password_change',
      job_options: { ...DATABASE, db_user: dbUser, ...options },
    });
  }

  /** Orders a change over the API, and waits for its end. */
  async change(dbUser: string, options: Options = {}): Promise<JobStatus<PasswordChangeResult>> {
    return this.#stage.api.waitFor<PasswordChangeResult>(await this.order(dbUser, options));
  }

  /** Whether the server lets an account in with a password. */
  async logsIn(user: string, password: string | undefined): Promise<boolean> {
    const { host, port } = this.#stage.server;
    try {
      const connection = await createConnection({ host, port, user, ...(password !== undefined && { password }) });
      await connection.end();
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === 'ER_ACCESS_DENIED_ERROR') return false;
      throw error;
    }
  }

  #path(dbUser: string): string {
    return databaseUserParameterPath(PREFIX, { dbName: DATABASE.db_name, dbEnv: DATABASE.db_env, dbUser });
  }

  async #put(name: string, value: string, type: 'String' | 'SecureString'): Promise<void> {
    const key = type === 'SecureString' ? { KeyId: KEY_ID } : {};
    if (type === 'SecureString') this.secrets.add(value);
    await this.#stage.ssm.send(
      new PutParameterCommand({ Name: name, Value: value, Type: type, Overwrite: true, ...key }),
    );
  }
}
