import {
  GetParameterCommand,
  GetParametersCommand,
  ParameterNotFound,
  paginateGetParametersByPath,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { parameterStoreError } from './parameter-store-error.ts';

/** A subnet without a way to Parameter Store swallows calls: this says so long before a heartbeat is missed. */
const CALL_TIMEOUT_MS = 20_000;

/** A parameter as it is stored, decrypted. */
export interface DecryptedParameter {
  /** Last level of the parameter's path. */
  name: string;
  value: string;
  isSecureString: boolean;
}

/** A parameter that was read by its full name. */
export interface NamedParameter extends DecryptedParameter {
  version: number;
}

/** Every parameter right below a path. Throws `JobError` (`AccessDenied`, `ServiceThrottled`, `ServiceUnreachable`, `InternalError`). */
export async function readParametersBelow(path: string, client: SSMClient): Promise<DecryptedParameter[]> {
  const stored: DecryptedParameter[] = [];
  try {
    const query = { Path: path, WithDecryption: true };
    for await (const page of paginateGetParametersByPath({ client }, query, inTime())) {
      for (const { Name = '', Value = '', Type } of page.Parameters ?? []) {
        const name = Name.slice(Name.lastIndexOf('/') + 1);
        stored.push({ name, value: Value, isSecureString: Type === 'SecureString' });
      }
    }
  } catch (error) {
    throw parameterStoreError(error, `Reading the parameters below ${path}`, 'ssm:GetParametersByPath and kms:Decrypt');
  }
  return stored;
}

/**
 * Parameters by their full names, at most ten, with one call; those that do not exist are left out. Throws as
 * {@link readParametersBelow} does.
 */
export async function readParameters(
  names: readonly string[],
  client: SSMClient,
): Promise<Map<string, NamedParameter>> {
  try {
    const command = new GetParametersCommand({ Names: [...names], WithDecryption: true });
    const { Parameters = [] } = await client.send(command, inTime());
    return new Map(
      Parameters.map(({ Name: name = '', Value: value = '', Type, Version: version = 0 }) => [
        name,
        { name, value, isSecureString: Type === 'SecureString', version },
      ]),
    );
  } catch (error) {
    throw parameterStoreError(error, `Reading ${names.join(', ')}`, 'ssm:GetParameters and kms:Decrypt');
  }
}

/** A secret of Secrets Manager by its reference, undefined when there is none. Throws as the other one does. */
export async function readSecret(reference: string, client: SSMClient): Promise<string | undefined> {
  try {
    const command = new GetParameterCommand({ Name: reference, WithDecryption: true });
    const { Parameter } = await client.send(command, inTime());
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw parameterStoreError(
      error,
      `Reading ${reference}`,
      'ssm:GetParameter, secretsmanager:GetSecretValue and kms:Decrypt',
    );
  }
}

const inTime = () => ({ abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
