/**
 * Builds what is deployed: the worker's image context and the task watcher's function, each in a folder of its own
 * that needs no `node_modules`. The same sources give the same bytes, so that nothing unchanged is deployed again.
 */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const app = import.meta.dirname;
const dist = join(app, '../../dist/apps/mysql-worker');

const image = await bundle('src/main.ts', 'bundle', 'main.js');
cpSync(join(app, 'Dockerfile'), join(image, 'Dockerfile'));
cpSync(join(app, 'scripts'), join(image, 'scripts'), { recursive: true });
await bundle('src/task-watcher/handler.ts', 'task-watcher', 'handler.js');

async function bundle(entry, folderName, fileName) {
  const folder = join(dist, folderName);
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: [join(app, entry)],
    outfile: join(folder, fileName),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The AWS SDK as ES modules: only what is used of it comes along.
    mainFields: ['module', 'main'],
    // What is left of CommonJS asks for Node's own modules with `require`. Not minified, for readable stack traces.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    legalComments: 'none',
    logLevel: 'warning',
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return folder;
}
