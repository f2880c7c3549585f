export { isTimeZone } from './calendar.ts';
export { planPrune, type PlannedFolder, type PruneFolder } from './plan-prune.ts';
export { backupsInUse } from './backups-in-use.ts';
