import { join } from 'node:path';
import { synthesize } from '@serverless-ops/cdk-kit';
import { ApiStack } from './api-stack.ts';

synthesize(join(import.meta.dirname, '../../../settings.yml'), (app, settings) => new ApiStack(app, settings));
