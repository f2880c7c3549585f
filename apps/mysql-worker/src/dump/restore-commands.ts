/**
 * The client keeps the bytes of rows (`--binary-mode`) and comments in the bodies of routines, reads definitions in
 * their character set, and sends statements of any length.
 */
const MYSQL = 'mysql --binary-mode --comments --default-character-set=utf8mb4 --max-allowed-packet=1G DATABASE';

/** Restores a backup of either engine, in a folder with its objects. */
export const RESTORE_ALL = `zstd -dc *.sql.zst | ${MYSQL}`;

/** Restores one table, with its rows and without its triggers: the parts of the objects that the manifest names for it. */
export const RESTORE_ONE_TABLE =
  `jq -r --arg table TABLE '.tables[] | select(.name == $table) | .parts[] | ` +
  `"tail -c +\\(.offset + 1) \\(.object) | head -c \\(.stored_bytes)"' manifest.json | sh | zstd -dc | ${MYSQL}`;
