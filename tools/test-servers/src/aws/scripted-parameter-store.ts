import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSsmActions, ParameterStore, type ParameterType, SsmError } from '@serverless-ops/ssm-server';
import { readCall, type RecordedCall } from './recorded-call.ts';

/**
 * What happens to a call instead of being answered: an AWS error (status 400 unless told), or a connection that is cut
 * before the call is done, or after.
 */
export type ParameterStoreFault =
  { readonly error: string; readonly message?: string; readonly status?: number } | 'cut' | 'answer lost';

/** Parameter Store as a test sees it: on a port of its own, for this process and for its children. */
export interface ScriptedParameterStore {
  /** For the constructor of an SSM client. */
  readonly clientConfig: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  /** What an AWS client needs in its environment to reach it instead of AWS. */
  readonly environment: Readonly<Record<string, string>>;
  /** What is stored, for what the methods below do not say. */
  readonly parameters: ParameterStore;
  /** Every call in the order it came, those that a fault struck too. */
  readonly recorded: RecordedCall[];
  /** Stores a value over the one that there is, whatever type that has. @default type: SecureString */
  put(name: string, value: string, type?: ParameterType): void;
  /** The latest value, decrypted. */
  get(name: string): string | undefined;
  /** Every value, the oldest first. */
  values(name: string): string[];
  /** Removes those of these parameters that there are; without names, every one. */
  remove(...names: string[]): void;
  /** Strikes the next calls of this operation, each with one fault. `none` answers a call as usual. */
  strike(operation: string, ...faults: readonly (ParameterStoreFault | 'none')[]): void;
  stop(): Promise<void>;
}

const REGION = 'eu-central-1';

/**
 * Starts one that holds nothing. `keys` are the keys of KMS that there are beside those of AWS; when it is absent, every
 * key exists.
 */
export async function startScriptedParameterStore({
  keys,
}: { keys?: readonly string[] } = {}): Promise<ScriptedParameterStore> {
  const store = new ParameterStore({ accountId: '111111111111', region: REGION }, () => new Date());
  const actions = createSsmActions<undefined>({
    store,
    authorizeKey: ({ keyId }) => {
      if (!keys || keyId.startsWith('alias/aws/') || keys.includes(keyId)) return;
      throw new SsmError('InvalidKeyId', `The key ${keyId} does not exist.`);
    },
  });
  const recorded: RecordedCall[] = [];
  const faults = new Map<string, (ParameterStoreFault | 'none')[]>();

  function answerTo({ operation, input }: RecordedCall): [status: number, body: object] {
    const run = actions[operation];
    try {
      if (!run) throw new SsmError('UnknownOperationException', operation);
      return [200, run(input, undefined)];
    } catch (error) {
      if (!(error instanceof SsmError)) throw error;
      return [400, { __type: error.code, message: error.message }];
    }
  }

  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      recorded.push(call);
      const fault = faults.get(call.operation)?.shift();
      if (fault === 'cut') return response.destroy();
      const [status, body] =
        typeof fault === 'object'
          ? [fault.status ?? 400, { __type: fault.error, message: fault.message ?? `scripted ${fault.error}` }]
          : answerTo(call);
      if (fault === 'answer lost') return response.destroy();
      return response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
  const remove = (...names: string[]): void => {
    for (const { name } of store.list()) if (names.length === 0 || names.includes(name)) store.delete(name);
  };
  return {
    clientConfig: { endpoint, region: REGION, credentials },
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    parameters: store,
    recorded,
    put: (name, value, type = 'SecureString') => {
      if (store.find(name) && store.find(name)?.type !== type) store.delete(name);
      store.put({ name, value, type, overwrite: true });
    },
    get: (name) => store.find(name)?.value,
    values: (name) => store.versions(name).map(({ value }) => value),
    remove,
    strike: (operation, ...next) => void faults.set(operation, [...next]),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
