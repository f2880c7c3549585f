import { parameterArn, secretIdOf, selectedParameter } from './parameter-name.ts';
import type { StoredParameter } from './parameter-store.ts';
import type { SsmActionsOptions } from './ssm-actions.ts';
import { SsmError } from './ssm-error.ts';

/** Reads parameters as the three actions that give values do. */
export interface ParameterReader<Context> {
  /** A parameter in the form of AWS's answers. */
  describe(parameter: StoredParameter, withDecryption: boolean, context: Context): object;
  /** A parameter as a call names it. Throws when there is none, or no such version of it. */
  read(selected: string, withDecryption: boolean, context: Context): object;
  /** As `read`, but undefined when there is none. */
  find(selected: string, withDecryption: boolean, context: Context): object | undefined;
}

const NOT_FOUND = new Set(['ParameterNotFound', 'ParameterVersionNotFound']);

export function createParameterReader<Context>({
  store,
  authorizeKey,
}: SsmActionsOptions<Context>): ParameterReader<Context> {
  const describe: ParameterReader<Context>['describe'] = (parameter, withDecryption, context) => {
    const { name, keyId } = parameter;
    if (keyId !== undefined && withDecryption) authorizeKey({ action: 'kms:Decrypt', name, keyId }, context);
    return {
      Name: name,
      Type: parameter.type,
      Value: keyId === undefined || withDecryption ? parameter.value : ciphertextOf(parameter),
      Version: parameter.version,
      LastModifiedDate: parameter.modifiedAt.getTime() / 1000,
      ARN: parameterArn(store.account, name),
      DataType: 'text',
    };
  };

  const read: ParameterReader<Context>['read'] = (selected, withDecryption, context) => {
    const { name, selector } = selectedParameter(selected);
    const secretId = secretIdOf(name);
    if (secretId !== undefined) return readSecret(secretId, name, withDecryption);
    const versions = store.versions(name);
    if (versions.length === 0) throw new SsmError('ParameterNotFound', '');
    const found =
      selector === undefined ? versions.at(-1) : versions.find(({ version }) => String(version) === selector);
    if (found === undefined) {
      throw new SsmError('ParameterVersionNotFound', `Systems Manager could not find version ${selector} of ${name}.`);
    }
    return { ...describe(found, withDecryption, context), ...(selector !== undefined && { Selector: `:${selector}` }) };
  };

  /** As AWS: a secret has no version of its own in Parameter Store, and is not given encrypted. */
  function readSecret(id: string, name: string, withDecryption: boolean): object {
    if (!withDecryption) {
      const message = 'WithDecryption flag must be True for retrieving a Secret Manager secret.';
      throw new SsmError('ValidationException', message);
    }
    const Value = store.secrets.get(id);
    if (Value === undefined) throw new SsmError('ParameterNotFound', `Secret ${id} not found.`);
    return { Name: name, Type: 'SecureString', Value, Version: 0, DataType: 'text' };
  }

  return {
    describe,
    read,
    find: (selected, withDecryption, context) => {
      try {
        return read(selected, withDecryption, context);
      } catch (error) {
        if (error instanceof SsmError && NOT_FOUND.has(error.code)) return undefined;
        throw error;
      }
    },
  };
}

/** What an encrypted value looks like to a caller who did not ask for decryption: never the value. */
const ciphertextOf = ({ name, version }: StoredParameter): string =>
  Buffer.from(`encrypted:${name}:${version}`).toString('base64');
