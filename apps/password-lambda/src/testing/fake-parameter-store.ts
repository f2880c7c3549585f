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

/** Parameters of a path that one answer holds at most. */
const PAGE = 10;

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
    const found = names.map((name) => [name, describe(name, parameters)] as const);
    return {
      Parameters: found.flatMap(([, parameter]) => parameter ?? []),
      InvalidParameters: found.flatMap(([name, parameter]) => (parameter === undefined ? [name] : [])),
    };
  },
  GetParametersByPath: ({ Path, NextToken }, parameters) => {
    const names = [...parameters.keys()].filter((name) => name.startsWith(String(Path))).sort();
    const from = Number(NextToken ?? 0);
    const to = from + PAGE;
    return {
      // Encrypted, as without decryption.
      Parameters: names.slice(from, to).map((name) => {
        const parameter = describe(name, parameters);
        return parameter?.Type === 'SecureString' ? { ...parameter, Value: 'AQICAHh-ciphertext' } : parameter;
      }),
      ...(to < names.length && { NextToken: String(to) }),
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

/** Parameter Store takes a name alone, and a name with a version: `/a/b:3`. */
function describe(selected: string, parameters: Map<string, FakeParameter>) {
  const [, name = selected, selector] = /^(.*):(\d+)$/.exec(selected) ?? [];
  const parameter = parameters.get(name);
  const version = Number(selector ?? parameter?.values.length);
  const value = parameter?.values[version - 1];
  if (parameter === undefined || value === undefined) return undefined;
  return { Name: name, Type: parameter.type, Value: value, Version: version };
}
