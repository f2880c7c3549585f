export { SettingsError, type SettingsProblem } from './errors.ts';
export { loadSettings, parseSettings, type ReadOptions } from './load-settings.ts';
export type { DatabaseSettings, MysqlWorkerSettings, Settings, TargetVpc } from './settings.ts';
