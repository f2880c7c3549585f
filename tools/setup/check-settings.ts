/** Prints what is wrong in settings.yml, once and before anything is built: `check-settings.ts FILE`. */
import { WORKER_JOB_SIZES } from '@serverless-ops/job-schemas';
import { loadSettings, SettingsError } from '@serverless-ops/settings';

const [file = 'settings.yml'] = process.argv.slice(2);

try {
  loadSettings(file, { workerJobs: WORKER_JOB_SIZES });
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
