import type { Settings } from '@serverless-ops/settings';
import type { OpsParameterStore } from './parameter-store.ts';
import type { ValueSources } from './params/value-sources.ts';

/** Everything outside of the command that it uses. */
export interface Surroundings extends ValueSources {
  /** Settings file when none is named. */
  readonly defaultSettingsFile: string;
  connect(settings: Settings): OpsParameterStore;
  /** What was asked for. */
  readonly say: (text: string) => void;
  /** Everything else: it must not get into a file with the former. */
  readonly complain: (text: string) => void;
}
