import {
  paginateGetParametersByPath,
  PutParameterCommand,
  type Parameter,
  type ParameterType,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { describeAwsProblem } from '@serverless-ops/aws-problem';
import { AwsRefusedError } from './errors.ts';
import type { OtherEndpoint } from './other-endpoint.ts';

/** A parameter as it is stored. */
export interface ListedParameter {
  /** With its whole path. */
  readonly name: string;
  readonly arn: string;
  readonly type: ParameterType;
  readonly version: number;
  readonly lastModified: Date;
  /** Absent: it is encrypted, and was not asked for decrypted. */
  readonly value?: string;
}

export interface NewParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  /** Key that a SecureString is encrypted with. */
  readonly keyId: string;
}

/** Parameter Store, as an engineer uses it. Everything throws {@link AwsRefusedError} when AWS does not do what is asked. */
export interface OpsParameterStore {
  /** Everything below a path, however deep. Without `decrypt` it takes no right on the key. */
  listBelow(path: string, options: { readonly decrypt: boolean }): Promise<ListedParameter[]>;
  /** Creates a parameter or its next version, and gives the number of that. */
  put(parameter: NewParameter): Promise<number>;
}

/** @param endpoint where the client sends its calls. @default AWS */
export function createOpsParameterStore(client: SSMClient, endpoint?: OtherEndpoint): OpsParameterStore {
  const describe = (error: unknown, doing: string, secret?: string): string => {
    const address = endpoint?.address();
    return describeAwsProblem(error, doing, { ...(secret !== undefined && { secret }), ...(address && { address }) });
  };
  return {
    async listBelow(Path, { decrypt }) {
      const found: ListedParameter[] = [];
      try {
        const query = { Path, Recursive: true, WithDecryption: decrypt };
        for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, query)) {
          found.push(...Parameters.map((parameter) => toStored(parameter, decrypt)));
        }
      } catch (error) {
        throw new AwsRefusedError(describe(error, `read the parameters below ${Path}`));
      }
      return found.sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    async put({ name, type, value, keyId }) {
      const key = type === 'SecureString' ? { KeyId: keyId } : {};
      try {
        const command = new PutParameterCommand({ Name: name, Type: type, Value: value, Overwrite: true, ...key });
        const { Version = 0 } = await client.send(command);
        return Version;
      } catch (error) {
        // Without its cause, which could quote the value.
        throw new AwsRefusedError(describe(error, `write ${name}`, value));
      }
    },
  };
}

/** Without decryption the value of a SecureString is its ciphertext: nothing that anybody should take for a value. */
function toStored(
  { Name = '', ARN = '', Type = 'String', Version = 0, LastModifiedDate = new Date(0), Value }: Parameter,
  isDecrypted: boolean,
): ListedParameter {
  const isReadable = Value !== undefined && (isDecrypted || Type !== 'SecureString');
  return {
    name: Name,
    arn: ARN,
    type: Type,
    version: Version,
    lastModified: LastModifiedDate,
    ...(isReadable && { value: Value }),
  };
}
