import { parseArgs } from 'node:util';

export interface CommandLine {
  port: number;
  /** One line of JSON for a program instead of text for a person. */
  json: boolean;
  /** Waits this long before every retry of a state, whatever its definition says; for tests of what is retried. */
  retryIntervalMs: number | undefined;
  /** Folder of what is kept from one start to the next. */
  keepFolder: string | undefined;
  /** Names of buckets and clusters that the assemblies name and do not make. */
  existing: { buckets: string[]; clusters: string[] };
  assemblies: string[];
}

/** Parses the arguments. Throws an error that says what is wrong and how it is called. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const usage =
    'Usage: local-cloud [--port N] [--json] [--keep DIR] [--bucket NAME]... [--cluster NAME]... [--retry-interval-ms N] ' +
    '<cdk.out folder>...';
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: {
        port: { type: 'string', default: '4566' },
        keep: { type: 'string' },
        bucket: { type: 'string', multiple: true, default: [] },
        cluster: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        'retry-interval-ms': { type: 'string' },
      },
      allowPositionals: true,
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`--port ${values.port} is no port number.`);
    const retryInterval = values['retry-interval-ms'];
    const retryIntervalMs = retryInterval === undefined ? undefined : Number(retryInterval);
    if (retryIntervalMs !== undefined && !(retryIntervalMs >= 0)) {
      throw new Error(`--retry-interval-ms ${String(retryInterval)} is no number of milliseconds.`);
    }
    if (positionals.length === 0) throw new Error('No folder was given.');
    const existing = { buckets: values.bucket, clusters: values.cluster };
    return { port, json: values.json, retryIntervalMs, keepFolder: values.keep, existing, assemblies: positionals };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`, { cause: error });
  }
}
