import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ParameterType = 'String' | 'SecureString';

/** A parameter as Parameter Store keeps it, with every value that it ever had. */
export interface FakeParameter {
  type: ParameterType;
  keyId: string | undefined;
  values: string[];
}

/** One call as it came over the wire. */
export interface RecordedCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What happens to a call instead of being answered: an AWS error, or it is done and the answer gets lost. */
export type CallFault = { readonly error: string } | 'answer lost';

/** Parameter Store on a port of its own, for this process and for its children. */
export interface FakeParameterStore {
  /** For the constructor of an SSM client. */
  readonly clientConfig: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  readonly parameters: Map<string, FakeParameter>;
  readonly recorded: RecordedCall[];
  put(name: string, value: string, type?: ParameterType): void;
  /** The latest value. */
  get(name: string): string | undefined;
  /** Strikes the next call of this operation. */
  strike(operation: string, fault: CallFault): void;
  stop(): Promise<void>;
}

class Refusal extends Error {
  readonly type: string;
  constructor(type: string) {
    super(`the fake says ${type}`);
    this.type = type;
  }
}

/** Starts one that holds nothing. */
export async function startFakeParameterStore(): Promise<FakeParameterStore> {
  const parameters = new Map<string, FakeParameter>();
  const recorded: RecordedCall[] = [];
  const faults = new Map<string, CallFault>();
  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      recorded.push(call);
      const fault = faults.get(call.operation);
      faults.delete(call.operation);
      const answer = answerTo(call, parameters, fault);
      if (fault === 'answer lost') response.destroy();
      else response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' }).end(answer.body);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    clientConfig: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    },
    parameters,
    recorded,
    put: (name, value, type = 'SecureString') => {
      const values = [...(parameters.get(name)?.values ?? []), value];
      parameters.set(name, { type, keyId: undefined, values });
    },
    get: (name) => parameters.get(name)?.values.at(-1),
    strike: (operation, fault) => void faults.set(operation, fault),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readCall(request: IncomingMessage): Promise<RecordedCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    operation: String(request.headers['x-amz-target']).split('.')[1] ?? '',
    input: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
  };
}

function answerTo(call: RecordedCall, parameters: Map<string, FakeParameter>, fault: CallFault | undefined) {
  try {
    if (fault !== undefined && fault !== 'answer lost') throw new Refusal(fault.error);
    const operation = OPERATIONS[call.operation];
    if (operation === undefined) throw new Refusal('UnknownOperationException');
    return { status: 200, body: JSON.stringify(operation(call.input, parameters)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 400, body: JSON.stringify({ __type: error.type, message: error.message }) };
  }
}

type Operation = (input: Readonly<Record<string, unknown>>, parameters: Map<string, FakeParameter>) => object;

/** What each does, Parameter Store does; what it refuses, Parameter Store refuses with the same name. */
const OPERATIONS: Partial<Record<string, Operation>> = {
  GetParameters: ({ Names }, parameters) => {
    const names = Names as string[];
    if (names.length > 10) throw new Refusal('ValidationException');
    return {
      Parameters: names.flatMap((name) => describe(name, parameters) ?? []),
      InvalidParameters: names.filter((name) => !parameters.has(name)),
    };
  },
  GetParameter: ({ Name }, parameters) => {
    const parameter = describe(String(Name), parameters);
    if (parameter === undefined) throw new Refusal('ParameterNotFound');
    return { Parameter: parameter };
  },
  PutParameter: ({ Name, Type, Value, KeyId, Overwrite }, parameters) => {
    const name = String(Name);
    const existing = parameters.get(name);
    if (existing !== undefined && Overwrite !== true) throw new Refusal('ParameterAlreadyExists');
    if (existing !== undefined && existing.type !== Type) throw new Refusal('HierarchyTypeMismatchException');
    if (Value === '') throw new Refusal('ValidationException');
    const values = [...(existing?.values ?? []), String(Value)];
    parameters.set(name, { type: Type as ParameterType, keyId: KeyId as string | undefined, values });
    return { Version: values.length, Tier: 'Standard' };
  },
  DeleteParameter: ({ Name }, parameters) => {
    if (!parameters.delete(String(Name))) throw new Refusal('ParameterNotFound');
    return {};
  },
};

function describe(name: string, parameters: Map<string, FakeParameter>): object | undefined {
  const parameter = parameters.get(name);
  if (parameter === undefined) return undefined;
  const { type, values } = parameter;
  return { Name: name, Type: type, Value: values.at(-1), Version: values.length };
}
