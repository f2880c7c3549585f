import { join } from 'node:path';
import { createApp } from '@serverless-ops/cdk-kit';
import { loadSettings } from '@serverless-ops/settings';
import { PasswordLambdaStack } from './password-lambda-stack.ts';

const root = join(import.meta.dirname, '../../..');
const built = join(root, 'dist/apps/password-lambda');

new PasswordLambdaStack(createApp(), loadSettings(join(root, 'settings.yml')), {
  lookUpFolder: join(built, 'look-up'),
  changeFolder: join(built, 'change'),
});
