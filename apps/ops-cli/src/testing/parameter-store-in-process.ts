import { Readable } from 'node:stream';
import { SSMClient } from '@aws-sdk/client-ssm';

/** Parameter Store without a network or a process: fast enough to be asked some thousand times. */
export interface ParameterStoreInProcess {
  readonly client: SSMClient;
  /** Name to value. */
  readonly values: Map<string, string>;
}

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface Input {
  readonly Path: string;
  readonly Names: readonly string[];
  readonly Name: string;
  readonly Value: string;
}

/** Answers GetParametersByPath, GetParameters and PutParameter. Every parameter in it is a SecureString, decrypted. */
export function parameterStoreInProcess(): ParameterStoreInProcess {
  const values = new Map<string, string>();
  const described = (name: string) => ({ Name: name, Value: values.get(name), Type: 'SecureString', Version: 1 });
  const answers: Readonly<Record<string, (input: Input) => object>> = {
    GetParametersByPath: ({ Path }) => ({
      Parameters: [...values.keys()].filter((name) => name.startsWith(`${Path}/`)).map(described),
    }),
    GetParameters: ({ Names }) => ({
      Parameters: Names.filter((name) => values.has(name)).map(described),
    }),
    PutParameter: ({ Name, Value }) => {
      values.set(Name, Value);
      return { Version: 1 };
    },
  };
  const handle = ({ headers, body }: Request) => {
    const operation = headers['x-amz-target']?.split('.')[1] ?? '';
    const answer = answers[operation]?.(JSON.parse(new TextDecoder().decode(body)) as Input) ?? {};
    const response = { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(answer))]) };
    return Promise.resolve({ response });
  };
  const client = new SSMClient({
    ...{ region: 'eu-central-1', credentials: { accessKeyId: 'own', secretAccessKey: 'own' } },
    requestHandler: { handle: handle as never },
  });
  return { client, values };
}
