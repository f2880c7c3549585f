import { join } from 'node:path';
import { synthesize } from '@serverless-ops/cdk-kit';
import { JobWatcherStack } from './job-watcher-stack.ts';

const root = join(import.meta.dirname, '../../..');
const built = { bundleFolder: join(root, 'dist/apps/job-watcher/bundle') };

synthesize(join(root, 'settings.yml'), (app, settings) => new JobWatcherStack(app, settings, built));
