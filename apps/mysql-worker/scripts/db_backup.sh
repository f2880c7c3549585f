#!/usr/bin/env bash
# Dumps one MySQL or MariaDB database to standard output: a consistent snapshot with routines, events and triggers.
#
#   db_backup.sh DATABASE mysql|mariadb 3< option-file
#
# Host, user and password come as a MySQL option file on file descriptor 3, so they are in no argument list, in no
# environment and on no disk. No option file of the machine is read: some leave out rows or triggers. The second argument
# is whose server it is: the tool of the same maker is taken if it is there, because the dumps of MariaDB's do not always
# restore into MySQL.
set -euo pipefail

database=$1 flavor=$2

is_mariadb() { "$1" --version | grep -q MariaDB; }

dump=
while IFS= read -r candidate; do
  if is_mariadb "$candidate"; then maker=mariadb; else maker=mysql; fi
  if [[ -z $dump || $maker == "$flavor" ]]; then dump=$candidate dump_maker=$maker; fi
  if [[ $maker == "$flavor" ]]; then break; fi
done < <(type -ap mysqldump mariadb-dump || true)
if [[ -z $dump ]]; then
  echo 'Neither mysqldump nor mariadb-dump is installed in this image.' >&2
  exit 127
fi

options=(
  --single-transaction  # one snapshot of all InnoDB tables, without locking anybody out
  --quick               # row by row, so that memory does not grow with a table
  --routines --events --triggers
  --hex-blob            # binary columns survive any character set on the way
  --max-allowed-packet=1G # the largest there is: a row may be as large as the server takes
  --no-tablespaces      # needs PROCESS, which a backup user should not have
  --default-character-set=utf8mb4
  # the marker of a restore that is in work: a backup that has it cannot be restored
  --ignore-table="$database.serverlessops_restore_in_work"
)
if [[ $dump_maker == mariadb ]]; then
  # What is marked as loose is for MySQL's clients only, and MariaDB's would warn of it in every log.
  read_options() { grep -v '^loose_' <&3; }
else
  read_options() { cat <&3; }
  # GTIDs would be refused at the restore by a managed server, and lock for them here; MariaDB has no such statistics.
  options+=(--set-gtid-purged=OFF --column-statistics=0)
fi

# Both tools write 4 KiB at a time: a dump of 800 MB would be 200,000 writes, each of them read for itself.
larger_writes=()
if stdbuf --output=64K true 2> /dev/null; then larger_writes=(stdbuf --output=64K); fi

exec "${larger_writes[@]}" "$dump" --defaults-file=<(read_options) "${options[@]}" -- "$database"
