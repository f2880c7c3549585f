import { join } from 'node:path';
import { createApp } from '@serverless-ops/cdk-kit';
import { loadSettings } from '@serverless-ops/settings';
import { FoundationStack } from './foundation-stack.ts';

new FoundationStack(createApp(), loadSettings(join(import.meta.dirname, '../../../settings.yml')));
