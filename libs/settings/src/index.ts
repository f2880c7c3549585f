export { SettingsError, type SettingsProblem } from './errors.ts';
export { loadSettings, parseSettings } from './load-settings.ts';
export type { DatabaseSettings, Settings, TargetVpc } from './settings.ts';
