/**
 * The script of the image that dumps a database for `db_backup`. No job orders it by itself: it prints the whole database,
 * and what a script prints is in the log.
 */
export const ENGINE_SCRIPT = 'db_backup.sh';
