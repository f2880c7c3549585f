import { statement, type Statement } from './statement.ts';

/** "No limit", as sql_select_limit says it: 2^64 - 1. */
const ALL_ROWS = 2n ** 64n - 1n;

/**
 * The first statements of every file of a dump: whatever the server's own defaults are, what follows means the same.
 *
 * Not strict, and with dates that are none: a definition or row that the source has must be taken as it is.
 * NO_ENGINE_SUBSTITUTION, because a server that lacks an engine must say so. MySQL runs the comments that start with
 * `!` (MariaDB skips those of 5.7 and later on purpose), MariaDB those with `M!`. No value is DEFAULT, which is what the
 * server's own default is.
 */
const SETTINGS = [
  'SET NAMES utf8mb4 COLLATE utf8mb4_general_ci',
  `SET sql_mode = '${['NO_AUTO_VALUE_ON_ZERO', 'NO_ENGINE_SUBSTITUTION', 'ALLOW_INVALID_DATES'].join(',')}', ` +
    "time_zone = '+00:00', autocommit = 1, foreign_key_checks = 0, unique_checks = 0, sql_safe_updates = 0, " +
    `sql_select_limit = ${ALL_ROWS} /*!50720 , max_execution_time = 0 */ ` +
    '/*M!100304 , max_statement_time = 0, check_constraint_checks = 0, innodb_strict_mode = 0 */ /*M!101100 , system_versioning_insert_history = 1 */',
];

/** A variable that needs a right of its own to be set, or that some versions do not let be set: only where it is wrong. */
const RESTRICTED = [
  ", IF(@@explicit_defaults_for_timestamp, '', ', explicit_defaults_for_timestamp = 1')",
  "/*!80011 , IF(@@default_collation_for_utf8mb4 = 'utf8mb4_0900_ai_ci', '', ', default_collation_for_utf8mb4 = utf8mb4_0900_ai_ci') */",
  "/*!80013 , IF(@@sql_require_primary_key, ', sql_require_primary_key = 0', '') */",
  "/*!80030 , IF(@@sql_generate_invisible_primary_key, ', sql_generate_invisible_primary_key = 0', '') */",
  "/*!80400 , IF(@@restrict_fk_on_non_standard_key, ', restrict_fk_on_non_standard_key = 0', '') */",
  "/*M!110200 , IF(@@character_set_collations = '', '', ', character_set_collations = ''''') */",
];

/** Sets the session up that every other statement of a file relies on. */
export function sessionPreamble(): Statement[] {
  return [
    ...SETTINGS,
    `SET @setting = CONCAT('SET @setting = NULL' ${RESTRICTED.join(' ')})`,
    'PREPARE setting FROM @setting',
    'EXECUTE setting',
    'DEALLOCATE PREPARE setting',
  ].map((sql) => statement(sql));
}
