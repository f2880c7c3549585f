import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Parameter Store of the local cloud, with the key `alias/serverlessops`. */
export interface RunningParameterStore {
  /** What an AWS client needs in its environment to reach it instead of AWS. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clientConfig: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  stop(): Promise<void>;
}

const LOCAL_CLOUD = join(import.meta.dirname, '../../../local-cloud/src/main.ts');

const OWN_ACCOUNT = { AWS: 'arn:aws:iam::111111111111:root' };
const TEMPLATE = {
  Resources: {
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        KeyPolicy: { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: OWN_ACCOUNT } },
      },
    },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/serverlessops', TargetKeyId: { Ref: 'Key' } } },
  },
};
const ASSEMBLY = {
  artifacts: {
    key: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111111111111/eu-central-1',
      properties: { templateFile: 'key.template.json' },
    },
  },
};

/** Starts it from its source, in a process of its own, on a free port. */
export async function startParameterStore(): Promise<RunningParameterStore> {
  const folder = mkdtempSync(join(tmpdir(), 'ops-cli-'));
  writeFileSync(join(folder, 'key.template.json'), JSON.stringify(TEMPLATE));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(ASSEMBLY));
  const child = spawn(process.execPath, [LOCAL_CLOUD, '--port', '0', '--json', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const first = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(() => undefined),
  ]);
  rmSync(folder, { recursive: true });
  if (first === undefined) throw new Error(`The local cloud ended before it was ready:\n${log.join('\n')}`);
  const { endpoint, region } = JSON.parse(String(first[0])) as { endpoint: string; region: string };
  return {
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'own',
      AWS_SECRET_ACCESS_KEY: 'own',
    },
    clientConfig: { endpoint, region, credentials: { accessKeyId: 'own', secretAccessKey: 'own' } },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
