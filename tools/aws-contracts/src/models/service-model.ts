import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A shape of a service model, in the part that is compared. */
export interface Shape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string; readonly documentation?: string }>>;
  readonly member?: { readonly shape: string };
  readonly documentation?: string;
}

/** The model of one service, as AWS publishes it for its SDKs and its CLI. */
export interface ServiceModel {
  readonly operations: Readonly<
    Record<string, { readonly input?: { readonly shape: string }; readonly documentation?: string }>
  >;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const models = new Map<string, ServiceModel>();

/** The model that comes with the installed AWS CLI, by botocore's name of the service: `stepfunctions`, `ecs`. */
export function serviceModel(service: string): ServiceModel {
  const known = models.get(service);
  if (known) return known;
  const folder = join(modelFolder(), service);
  const version = readdirSync(folder).sort().at(-1) ?? '';
  const plain = join(folder, version, 'service-2.json');
  const text = existsSync(plain) ? readFileSync(plain, 'utf8') : gunzipSync(readFileSync(`${plain}.gz`)).toString();
  const model = JSON.parse(text) as ServiceModel;
  models.set(service, model);
  return model;
}

/** The shape of an operation's input. */
export function inputShape(model: ServiceModel, operation: string): Shape {
  const name = model.operations[operation]?.input?.shape;
  const shape = name === undefined ? undefined : model.shapes[name];
  if (!shape) throw new Error(`The service model has no operation ${operation}.`);
  return shape;
}

/** Version 2 of the CLI brings botocore along, version 1 uses that of its Python; both may be on one machine. */
function modelFolder(): string {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const program = join(folder, 'aws');
    if (!existsSync(program)) continue;
    const bundled = join(dirname(realpathSync(program)), 'awscli', 'botocore', 'data');
    if (existsSync(bundled)) return bundled;
    const [, python] = /^#!(\S*python\S*)/.exec(readFileSync(program, 'latin1').slice(0, 200)) ?? [];
    // A launcher, such as a shim of pyenv, names no Python: the one beside it is meant.
    const found = askPython(python ?? join(folder, 'python3'));
    if (found !== undefined) return found;
  }
  throw new Error('No AWS CLI with its service models is on the PATH. Install it: apt-get install awscli.');
}

const FIND_DATA = `
import os
try:
    import awscli.botocore as botocore
except ImportError:
    import botocore
print(os.path.join(os.path.dirname(botocore.__file__), "data"))
`;

function askPython(python: string): string | undefined {
  try {
    const folder = execFileSync(python, ['-c', FIND_DATA], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return existsSync(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}
