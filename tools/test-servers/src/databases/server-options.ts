import { join } from 'node:path';
import type { ServerCertificate } from './server-certificate.ts';
import { SERVER_USER, startsAsRoot, type ServerProgram } from './server-program.ts';

/** Durability is what costs time, and these servers' data is thrown away. */
const FAST_AND_FORGETFUL = [
  '--innodb-flush-method=nosync',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
  '--innodb-buffer-pool-size=512M',
  '--skip-log-bin',
  '--performance-schema=OFF',
];

/** What would otherwise differ between machines, or between MariaDB and MySQL. */
const SAME_EVERYWHERE = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  '--default-time-zone=+00:00',
  '--event-scheduler=OFF',
  '--max-allowed-packet=64M',
];

/** See `DatabaseServerOptions.lowersNames`. */
export const LOWERS_NAMES = '--lower-case-table-names=1';

/** See `DatabaseServerOptions.logsBinary`. */
export const LOGS_BINARY = [
  '--log-bin=binary-log',
  '--server-id=1',
  '--binlog-format=ROW',
  '--log-bin-trust-function-creators=1',
];

/** The command line of a server whose files all lie in `folder`, without its port. */
export function serverOptions(program: ServerProgram, folder: string, certificate?: ServerCertificate): string[] {
  const tls = certificate
    ? [
        `--ssl-ca=${certificate.caFile}`,
        `--ssl-cert=${certificate.certificateFile}`,
        `--ssl-key=${certificate.keyFile}`,
      ]
    : [];
  return [
    `--datadir=${join(folder, 'data')}`,
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--secure-file-priv=${folder}`,
    // A server that starts deletes every temporary table in this folder, also those of its neighbours.
    `--tmpdir=${folder}`,
    ...(startsAsRoot() ? [`--user=${SERVER_USER}`] : []),
    ...SAME_EVERYWHERE,
    ...FAST_AND_FORGETFUL,
    ...program.startOptions,
    ...tls,
  ];
}
