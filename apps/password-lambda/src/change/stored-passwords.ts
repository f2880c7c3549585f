import {
  DeleteParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { parameterStoreError, readParameters, type NamedParameter } from '@serverless-ops/parameter-lookup';
import type { ChangeRequest } from '../change-request.ts';
import { parseLastChange, type LastChange } from './last-change.ts';

/** What Parameter Store holds of one account. */
export interface StoredAccount {
  readonly password: NamedParameter | undefined;
  /** A next password that operations gives. */
  readonly given: NamedParameter | undefined;
  readonly pending: NamedParameter | undefined;
  readonly lastChange: LastChange | undefined;
}

/** The parameters of one account. */
export class StoredPasswords {
  readonly #client: SSMClient;
  readonly #keyId: string;
  readonly #names: ChangeRequest['parameters'];

  constructor(options: { client: SSMClient; keyId: string; names: ChangeRequest['parameters'] }) {
    ({ client: this.#client, keyId: this.#keyId, names: this.#names } = options);
  }

  async read(): Promise<StoredAccount> {
    const { password, new_password: given, password_pending: pending, last_change: lastChange } = this.#names;
    const stored = await readParameters([password, given, pending, lastChange], this.#client);
    return {
      password: stored.get(password),
      given: stored.get(given),
      pending: stored.get(pending),
      lastChange: parseLastChange(stored.get(lastChange)?.value),
    };
  }

  /** Keeps the next password before the server hears of it. False when one is pending already, which stays. */
  async addPending(password: string): Promise<boolean> {
    try {
      await this.#putSecret(this.#names.password_pending, password, { overwrite: false });
      return true;
    } catch (error) {
      if (error instanceof ParameterAlreadyExists) return false;
      throw this.#failure('Storing', this.#names.password_pending, 'ssm:PutParameter and kms:Encrypt', error);
    }
  }

  /** The same for a password that takes the place of one that no account has. */
  async replacePending(password: string): Promise<void> {
    await this.storeIn(this.#names.password_pending, password);
  }

  /** Makes this the password that applications read; gives its version. */
  store(password: string): Promise<number> {
    return this.storeIn(this.#names.password, password);
  }

  /** Stores a password in any parameter that a login reads it from; gives its version. */
  async storeIn(name: string, password: string): Promise<number> {
    try {
      return await this.#putSecret(name, password, { overwrite: true });
    } catch (error) {
      throw this.#failure('Storing', name, 'ssm:PutParameter and kms:Encrypt', error);
    }
  }

  /** What `password` held one version ago; undefined when that is gone or was no SecureString. */
  async readFormer({ name, version }: NamedParameter): Promise<string | undefined> {
    if (version <= 1) return undefined;
    const stored = await readParameters([`${name}:${version - 1}`], this.#client);
    const former = stored.get(name);
    return former?.isSecureString === true && former.version === version - 1 ? former.value : undefined;
  }

  /** Deletes a given password, unless operations has stored another one meanwhile. */
  async forgetGiven(value: string): Promise<void> {
    const name = this.#names.new_password;
    const stored = await readParameters([name], this.#client);
    if (stored.get(name)?.value === value) await this.#delete(name);
  }

  async record(lastChange: LastChange): Promise<void> {
    const { last_change: name } = this.#names;
    const command = new PutParameterCommand({
      ...{ Name: name, Type: 'String', Value: JSON.stringify(lastChange), Overwrite: true },
    });
    await this.#client.send(command).catch((error: unknown) => {
      throw this.#failure('Storing', name, 'ssm:PutParameter', error);
    });
  }

  forgetPending(): Promise<void> {
    return this.#delete(this.#names.password_pending);
  }

  forgetLastChange(): Promise<void> {
    return this.#delete(this.#names.last_change);
  }

  async #putSecret(name: string, value: string, { overwrite }: { overwrite: boolean }): Promise<number> {
    const command = new PutParameterCommand({
      ...{ Name: name, Type: 'SecureString', KeyId: this.#keyId, Value: value, Overwrite: overwrite },
    });
    const { Version: version = 0 } = await this.#client.send(command);
    return version;
  }

  /** One that does not exist is fine: an answer of Parameter Store can get lost, and then the call is repeated. */
  async #delete(name: string): Promise<void> {
    await this.#client.send(new DeleteParameterCommand({ Name: name })).catch((error: unknown) => {
      if (error instanceof ParameterNotFound) return;
      throw this.#failure('Deleting', name, 'ssm:DeleteParameter', error);
    });
  }

  #failure(doing: string, name: string, rights: string, error: unknown): Error {
    return parameterStoreError(error, `${doing} ${name}`, rights);
  }
}
