import { join } from 'node:path';
import { synthesize } from '@serverless-ops/cdk-kit';
import { PasswordLambdaStack } from './password-lambda-stack.ts';

const root = join(import.meta.dirname, '../../..');
const dist = join(root, 'dist/apps/password-lambda');
const built = { lookUpFolder: join(dist, 'look-up'), changeFolder: join(dist, 'change') };

synthesize(join(root, 'settings.yml'), (app, settings) => new PasswordLambdaStack(app, settings, built));
