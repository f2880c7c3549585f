import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { loadSettings } from '@serverless-ops/settings';

/** The built local cloud, running the synthesized assemblies in a process of its own. */
export interface LocalCloud {
  /** The one endpoint of all AWS services: `http://127.0.0.1:41234`. */
  readonly endpoint: string;
  /** Base address of the REST API, stage included, without a slash at the end. */
  readonly apiUrl: string;
  readonly apiKey: string;
  /** Stack name to its outputs. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The value of an output, whichever stack has it. Throws when none has. */
  output(name: string): string;
  /** Settings of an AWS SDK client that reaches this cloud instead of AWS. */
  readonly client: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  /** What an AWS client needs in its environment to reach this cloud instead of AWS. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pid: number;
  /** What it tells a person about how to use it. */
  readonly announcement: string;
  /** Settles when it has ended, in whatever way, with its exit code. */
  readonly exited: Promise<number>;
  /** Stops it and every task it runs. */
  stop(): Promise<void>;
}

/** The cloud takes any key that it did not hand out itself for the account's own user. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

interface ReadyLine {
  endpoint: string;
  api_url: string;
  api_key: string;
  region: string;
  outputs: Record<string, Record<string, string>>;
  announcement: string;
}

export interface LocalCloudOptions {
  /** Root of the workspace, built and synthesized. */
  workspaceRoot: string;
  /** @default every assembly in `dist/apps` */
  assemblies?: readonly string[];
  /** Buckets besides those that the stacks and the settings name. @default - none */
  buckets?: readonly string[];
  /** `PATH` of the cloud and so of its tasks. @default this process's own */
  path?: string;
  /** Wait of a state machine before each retry, in ms. @default what the state machine says */
  retryIntervalMs?: number;
  /** @default any free port */
  port?: number;
  /** Folder in which the API key and parameters outlive the cloud. @default nothing does */
  keepFolder?: string | undefined;
  /** Called with every line the cloud logs. */
  onLog?: (line: string) => void;
}

/** Starts the local cloud on a free port and waits until it answers. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const applications = join(options.workspaceRoot, 'dist', 'apps');
  const assemblies = options.assemblies ?? globSync(join(applications, '*', 'cdk.out'));
  const flags = [
    ...['--json', '--port', String(options.port ?? 0)],
    ...(options.retryIntervalMs === undefined ? [] : ['--retry-interval-ms', String(options.retryIntervalMs)]),
    ...existingThings(options.workspaceRoot),
    ...(options.buckets ?? []).flatMap((name) => ['--bucket', name]),
    ...(options.keepFolder === undefined ? [] : ['--keep', options.keepFolder]),
  ];
  const child = spawn(process.execPath, [join(applications, 'local-cloud', 'main.js'), ...flags, ...assemblies], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: options.path ?? process.env['PATH'] },
  });
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line);
    options.onLog?.(line);
  });
  const output = createInterface({ input: child.stdout });
  const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : 1));
  const first = await Promise.race([once(output, 'line'), exited.then(() => undefined)]);
  if (first === undefined) throw new Error(`The local cloud ended before it was ready:\n${log.join('\n')}`);
  const ready = JSON.parse(String(first[0])) as ReadyLine;
  return {
    endpoint: ready.endpoint,
    apiUrl: ready.api_url,
    apiKey: ready.api_key,
    outputs: ready.outputs,
    output: (name) => {
      const found = Object.values(ready.outputs).find((outputs) => outputs[name] !== undefined)?.[name];
      if (found === undefined) throw new Error(`No stack has an output ${name}.`);
      return found;
    },
    announcement: ready.announcement,
    exited,
    client: { endpoint: ready.endpoint, region: ready.region, credentials: CREDENTIALS },
    environment: {
      AWS_ENDPOINT_URL: ready.endpoint,
      AWS_REGION: ready.region,
      AWS_DEFAULT_REGION: ready.region,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    },
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** A bucket or a cluster that the settings name is in no stack, so an option gives it to the cloud. */
function existingThings(workspaceRoot: string): string[] {
  const { backups, clusterName, databases } = loadSettings(join(workspaceRoot, 'settings.yml'));
  const buckets = new Set([backups.bucketName, ...databases.map(({ s3Bucket }) => s3Bucket)]);
  return [
    ...[...buckets].flatMap((name) => (name === undefined ? [] : ['--bucket', name])),
    ...(clusterName === undefined ? [] : ['--cluster', clusterName]),
  ];
}
