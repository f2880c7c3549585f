import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseServer } from '@serverless-ops/test-servers';
import { measureStarts } from './function-start.ts';
import { markdownTable } from './markdown-table.ts';
import { median } from './median.ts';
import { measureWarmCalls } from './warm-calls.ts';

const WORKSPACE_ROOT = join(import.meta.dirname, '..', '..', '..');
const FUNCTIONS = ['look-up', 'change'];
const STARTS = 15;
const CALLS = 20;

/** Sizes of the functions' bundles, and their start compared with that of a function that does nothing, as a table. */
export async function passwordFunctionStarts(folder: string): Promise<string> {
  const empty = join(folder, 'empty-handler.mjs');
  await writeFile(empty, 'export const handler = () => {};\n');
  const handlers = FUNCTIONS.map(handlerOf);
  const [emptyStarts = [], ...starts] = await measureStarts([empty, ...handlers], { folder, rounds: STARTS });
  const rows = await Promise.all(
    handlers.map(async (handler, index) => {
      const ms = median(starts[index] ?? []);
      const kilobytes = ((await stat(handler)).size / 1000).toFixed(0);
      return [FUNCTIONS[index] ?? '', kilobytes, ms.toFixed(0), `${(ms / median(emptyStarts)).toFixed(2)} times`];
    }),
  );
  return markdownTable([
    [
      'function',
      'bundle in kB (goal: under 1000)',
      'start in ms, median',
      'compared with the empty one (goal: under 3)',
    ],
    ['empty', '0', median(emptyStarts).toFixed(0), ''],
    ...rows,
  ]);
}

/** How long a warm call takes that makes a new password, stores it, changes it and proves it, as a table. */
export async function passwordFunctionCalls(server: DatabaseServer): Promise<string> {
  const calls = await measureWarmCalls(handlerOf('change'), { server, workspaceRoot: WORKSPACE_ROOT, calls: CALLS });
  const [fastest, slowest] = [Math.min(...calls), Math.max(...calls)].map((ms) => ms.toFixed(0));
  return markdownTable([
    [`${CALLS} warm changes on`, 'median in ms', 'fastest and slowest in ms'],
    [`${server.flavor} ${server.version}`, median(calls).toFixed(0), `${String(fastest)}, ${String(slowest)}`],
  ]);
}

function handlerOf(name: string): string {
  return join(WORKSPACE_ROOT, 'dist', 'apps', 'password-lambda', name, 'handler.mjs');
}
