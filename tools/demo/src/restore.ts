import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DatabaseServer } from '@serverless-ops/test-servers';

/** Downloads one object into a folder and says where it is. */
export async function download(s3: S3Client, bucket: string, key: string, folder: string): Promise<string> {
  const file = join(folder, key.split('/').at(-1) ?? key);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await pipeline(Body as Readable, createWriteStream(file));
  return file;
}

/** The restore of the README, nothing of ours in it: `zstd -dc dump.sql.zst | mysql target`. */
export async function restoreByHand(file: string, server: DatabaseServer, target: string): Promise<void> {
  await server.query(`CREATE DATABASE \`${target}\``);
  const options = `[client]\nhost=${server.host}\nport=${server.port}\nuser=root\npassword="${server.rootPassword}"\n`;
  const command = 'set -o pipefail; zstd -dc "$1" | mysql --defaults-extra-file=<(cat <&3) "$2"';
  const shell = spawn('bash', ['-c', command, 'restore', file, target], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  (shell.stdio[3] as NodeJS.WritableStream).end(options);
  const [code] = (await once(shell, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The restore ended with exit code ${String(code)}.`);
}
