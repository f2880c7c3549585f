import { join } from 'node:path';
import { synthesize } from '@serverless-ops/cdk-kit';
import { FoundationStack } from './foundation-stack.ts';

synthesize(join(import.meta.dirname, '../../../settings.yml'), (app, settings) => new FoundationStack(app, settings));
