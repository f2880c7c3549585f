#!/usr/bin/env bash
# Prints the tables of one database with their size in bytes, largest first: an example of a script for run_script.
#
#   DB_NAME=classicmodels table_sizes.sh [LIMIT] 3< option-file
set -euo pipefail

limit=${1:-20}
[[ $limit =~ ^[0-9]+$ ]] || { echo "LIMIT must be a number, not '$limit'." >&2; exit 2; }

client=$(command -v mysql || command -v mariadb)

exec "$client" --defaults-extra-file=<(cat <&3) --batch --skip-column-names --database="$DB_NAME" <<SQL
SELECT table_name, COALESCE(data_length + index_length, 0) AS bytes
FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
ORDER BY bytes DESC
LIMIT $limit
SQL
