import { join } from 'node:path';
import { createApp } from '@serverless-ops/cdk-kit';
import { loadSettings } from '@serverless-ops/settings';
import { JobWatcherStack } from './job-watcher-stack.ts';

const root = join(import.meta.dirname, '../../..');

new JobWatcherStack(createApp(), loadSettings(join(root, 'settings.yml')), {
  bundleFolder: join(root, 'dist/apps/job-watcher/bundle'),
});
