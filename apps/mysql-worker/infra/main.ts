import { join } from 'node:path';
import { createApp } from '@serverless-ops/cdk-kit';
import { WORKER_JOB_NAMES } from '@serverless-ops/job-schemas';
import { loadSettings } from '@serverless-ops/settings';
import { MysqlWorkerStack } from './mysql-worker-stack.ts';

const root = join(import.meta.dirname, '../../..');
const settings = loadSettings(join(root, 'settings.yml'), { workerJobs: WORKER_JOB_NAMES });

new MysqlWorkerStack(createApp(), settings, {
  workerBundleFolder: join(root, 'dist/apps/mysql-worker/bundle'),
});
