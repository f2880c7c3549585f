import { loadSettings, SettingsError, type Settings } from '@serverless-ops/settings';
import { UsageError } from './errors.ts';

/** Characters: the reason repeats the path, which may be anything. */
const MAX_REASON = 300;

/** @throws UsageError when the file is not there, or says what it must not. */
export function readSettings(file: string): Settings {
  try {
    return loadSettings(file);
  } catch (error) {
    if (error instanceof SettingsError) throw new UsageError([error.message]);
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, MAX_REASON);
    throw new UsageError([`ops cannot read the settings: ${reason}. Choose a file with --settings.`]);
  }
}
