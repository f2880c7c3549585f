import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { announcement, readyLine } from './announcement.ts';
import { startLocalCloud } from './cloud.ts';
import { parseCommandLine } from './command-line.ts';

try {
  const { port, json, retryIntervalMs, keepFolder, existing, assemblies } = parseCommandLine(process.argv.slice(2));
  const cloud = await startLocalCloud({
    assemblies,
    port,
    retryIntervalMs,
    keepFolder,
    existing,
    path: process.env['PATH'] ?? '',
    // It is beside this file, whether both are sources or built.
    lambdaRuntimePath: fileURLToPath(new URL(`./lambda/runtime${extname(import.meta.url)}`, import.meta.url)),
    log: (line) => void process.stderr.write(`${line}\n`),
  });
  // Before the announcement: its reader may send a signal at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cloud.close());
  process.stdout.write(json ? `${readyLine(cloud)}\n` : announcement(cloud));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
