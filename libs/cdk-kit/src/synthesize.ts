import { loadSettings, SettingsError, type ReadOptions, type Settings } from '@serverless-ops/settings';
import { Stack, type App } from 'aws-cdk-lib';
import { createApp } from './create-app.ts';
import { limitProblems } from './limit-problems.ts';

/**
 * Entry point of a deployable: reads the settings and makes its stack. Mistakes in the settings are the reader's, and so
 * is a stack that they make larger than AWS takes: they are printed as they are, without a stack trace, and the process
 * ends with exit code 1.
 *
 * @param settingsFile path of settings.yml
 */
export function synthesize(
  settingsFile: string,
  makeStack: (app: App, settings: Settings) => unknown,
  options: Omit<ReadOptions, 'file'> = {},
): void {
  let settings: Settings;
  try {
    settings = loadSettings(settingsFile, options);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    return;
  }
  const app = createApp();
  makeStack(app, settings);
  const problems = app.node.children.filter((child) => Stack.isStack(child)).flatMap(limitProblems);
  if (problems.length === 0) return;
  process.stderr.write(`${problems.join('\n')}\n`);
  // CDK synthesizes when the process ends by itself.
  process.exit(1);
}
