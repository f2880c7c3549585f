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
    const { password, password_pending: pending, last_change: lastChange } = this.#names;
    const stored = await readParameters([password, pending, lastChange], this.#client);
    return {
      password: stored.get(password),
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

  /** Makes this the password that everybody reads; gives its version. */
  async store(password: string): Promise<number> {
    try {
      return await this.#putSecret(this.#names.password, password, { overwrite: true });
    } catch (error) {
      throw this.#failure('Storing', this.#names.password, 'ssm:PutParameter and kms:Encrypt', error);
    }
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
