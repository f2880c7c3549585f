#!/usr/bin/env bash
# Dumps one MySQL or MariaDB database to standard output: a consistent snapshot with routines, events and triggers.
#
#   db_backup.sh DATABASE 3< option-file
#
# Host, user and password come as a MySQL option file on file descriptor 3, so they are in no argument list, in no
# environment and on no disk.
set -euo pipefail

database=$1

dump=$(command -v mysqldump || command -v mariadb-dump) || {
  echo 'Neither mysqldump nor mariadb-dump is installed in this image.' >&2
  exit 127
}

options=(
  --single-transaction  # one snapshot of all InnoDB tables, without locking anybody out
  --quick               # row by row, so that memory does not grow with a table
  --routines --events --triggers
  --hex-blob            # binary columns survive any character set on the way
  --no-tablespaces      # needs PROCESS, which a backup user should not have
  --default-character-set=utf8mb4
)
# mysqldump of MySQL would write GTIDs that a managed server refuses at restore, and lock for them;
# mariadb-dump knows neither option.
if "$dump" --version | grep -qv MariaDB; then
  options+=(--set-gtid-purged=OFF --column-statistics=0)
fi

exec "$dump" --defaults-extra-file=<(cat <&3) "${options[@]}" -- "$database"
