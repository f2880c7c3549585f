import { join } from 'node:path';
import { synthesize } from '@serverless-ops/cdk-kit';
import { WORKER_JOB_SIZES } from '@serverless-ops/job-schemas';
import { MysqlWorkerStack } from './mysql-worker-stack.ts';

const root = join(import.meta.dirname, '../../..');
const built = { workerBundleFolder: join(root, 'dist/apps/mysql-worker/bundle') };

synthesize(join(root, 'settings.yml'), (app, settings) => new MysqlWorkerStack(app, settings, built), {
  workerJobs: WORKER_JOB_SIZES,
});
