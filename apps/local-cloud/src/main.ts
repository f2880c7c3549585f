import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLocalCloud } from './cloud.ts';
import { parseCommandLine } from './command-line.ts';

const { port, json, assemblies } = parseCommandLine(process.argv.slice(2));
const cloud = await startLocalCloud({
  assemblies,
  port,
  path: process.env['PATH'] ?? '',
  lambdaRuntimePath: fileURLToPath(new URL(`./lambda/runtime${extname(import.meta.url)}`, import.meta.url)),
  log: (line) => void process.stderr.write(`${line}\n`),
});
process.stdout.write(`${json ? '' : ''}${cloud.endpointUrl} ${JSON.stringify(cloud.stacks)}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cloud.close());
