import { Readable } from 'node:stream';
import { SSMClient } from '@aws-sdk/client-ssm';
import { createSsmActions, ParameterStore } from '@serverless-ops/ssm-server';

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Parameter Store without a network or a process: fast enough to be asked some thousand times. */
export function parameterStoreInProcess(): { client: SSMClient; store: ParameterStore } {
  const store = new ParameterStore({ accountId: '111111111111', region: 'eu-central-1' }, () => new Date());
  const actions = createSsmActions<undefined>({ store, authorizeKey: () => undefined });
  const handle = ({ headers, body }: Request) => {
    const operation = headers['x-amz-target']?.split('.')[1] ?? '';
    const answer = actions[operation]?.(JSON.parse(new TextDecoder().decode(body)), undefined);
    const response = { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(answer))]) };
    return Promise.resolve({ response });
  };
  const client = new SSMClient({
    ...{ region: 'eu-central-1', credentials: { accessKeyId: 'own', secretAccessKey: 'own' } },
    requestHandler: { handle: handle as never },
  });
  return { client, store };
}
