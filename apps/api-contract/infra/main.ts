import { join } from 'node:path';
import { createApp } from '@serverless-ops/cdk-kit';
import { loadSettings } from '@serverless-ops/settings';
import { ApiStack } from './api-stack.ts';

new ApiStack(createApp(), loadSettings(join(import.meta.dirname, '../../../settings.yml')));
