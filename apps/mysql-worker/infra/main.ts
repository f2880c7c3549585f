import { join } from 'node:path';
import { createApp } from '@serverless-ops/cdk-kit';
import { loadSettings } from '@serverless-ops/settings';
import { MysqlWorkerStack } from './mysql-worker-stack.ts';

const root = join(import.meta.dirname, '../../..');
const built = join(root, 'dist/apps/mysql-worker');

new MysqlWorkerStack(createApp(), loadSettings(join(root, 'settings.yml')), {
  workerBundleFolder: join(built, 'bundle'),
  taskWatcherFolder: join(built, 'task-watcher'),
});
