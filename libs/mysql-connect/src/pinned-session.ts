/** What a caller may choose of a session; everything else is the same in every session. */
export interface SessionTimeouts {
  /**
   * After so many seconds without a statement the server ends the session.
   * @default 600: longer than any pause between two statements of a job, and no orphan stays for the server's 8 hours
   */
  readonly idleSeconds?: number;
}

const IDLE_SECONDS = 600;

/** A lock of the data dictionary that somebody forgot must end as an error, not as a job that hangs (server: a year). */
const LOCK_WAIT_SECONDS = 30;

/** How long a server waits for the rest of our packet (its own default is 30 s). */
const NET_READ_SECONDS = 60;

/** What a server waits until we take a packet of its: an upload in between may pause (its own default is 60 s). */
const NET_WRITE_SECONDS = 600;

/** "All rows", as sql_select_limit and max_join_size say it: 2^64 - 1. */
const UNLIMITED = '18446744073709551615';

/** The sql_mode under which quoting is right; nothing like NO_BACKSLASH_ESCAPES or ANSI_QUOTES. */
export const PINNED_SQL_MODE = 'STRICT_ALL_TABLES';

export const PINNED_CHARACTER_SET = 'utf8mb4';

/** Both makers have it; the names of newer ones differ. */
const PINNED_COLLATION = 'utf8mb4_general_ci';

/**
 * The first statement of every session: it takes back what the server's configuration and its `init_connect` did to
 * the session. It is one statement, so that no other one runs in a session that is half pinned.
 *
 * MySQL runs the first comment, from 5.7.20 on; MariaDB the second, from 10.3.4 on. MariaDB skips comments for
 * MySQL 5.7 on purpose (its documentation on executable comments).
 */
export function pinSession({ idleSeconds = IDLE_SECONDS }: SessionTimeouts): string {
  const assignments = [
    `character_set_client = ${PINNED_CHARACTER_SET}`,
    `character_set_connection = ${PINNED_CHARACTER_SET}`,
    `character_set_results = ${PINNED_CHARACTER_SET}`,
    `collation_connection = ${PINNED_COLLATION}`,
    `sql_mode = '${PINNED_SQL_MODE}'`,
    "time_zone = '+00:00'",
    'autocommit = 1',
    'sql_safe_updates = 0',
    'sql_quote_show_create = 1',
    `sql_select_limit = ${UNLIMITED}`,
    `max_join_size = ${UNLIMITED}`,
    `lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
    `innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
    `wait_timeout = ${idleSeconds}`,
    `net_read_timeout = ${NET_READ_SECONDS}`,
    `net_write_timeout = ${NET_WRITE_SECONDS}`,
  ];
  const mysql = '/*!50720 , max_execution_time = 0, transaction_read_only = 0 */';
  const mariadb = '/*M!100304 , max_statement_time = 0, tx_read_only = 0, system_versioning_asof = DEFAULT */';
  return `SET ${assignments.join(', ')} ${mysql} ${mariadb}`;
}
