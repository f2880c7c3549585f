/** Entry point of the process that runs one invocation of a function. It imports nothing but Node. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionError, Invocation, Outcome } from './runtime-messages.ts';

type Handler = (event: unknown, context: object) => unknown;

process.once('message', (invocation: Invocation) => {
  void run(invocation)
    .then(
      (result): Outcome => ({ result: result === undefined ? null : (JSON.parse(JSON.stringify(result)) as never) }),
      (error: unknown): Outcome => ({ error: describe(error) }),
    )
    .then((outcome) => process.send?.(outcome, () => process.exit(0)));
});

async function run({ handler, codeDirectory, event, context, deadline }: Invocation): Promise<unknown> {
  const load = await loadHandler(codeDirectory, handler);
  return load(event, { ...context, getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) });
}

async function loadHandler(codeDirectory: string, handler: string): Promise<Handler> {
  const [file = '', name = ''] = handler.split(/\.(?=[^.]+$)/);
  const path = ['.js', '.mjs', '.cjs'].map((extension) => join(codeDirectory, file + extension)).find(existsSync);
  if (path === undefined) throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  const loaded = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const found = loaded[name] ?? (loaded['default'] as Record<string, unknown> | undefined)?.[name];
  if (typeof found !== 'function') {
    throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  return found as Handler;
}

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
