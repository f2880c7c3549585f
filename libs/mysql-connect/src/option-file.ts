import { JobError } from '@serverless-ops/job-schemas';
import type { ServerConnection } from './database-connection.ts';
import type { DatabaseTls } from './database-tls.ts';

/** The clients read an option file by lines of at most 4,096 bytes, and take the rest of a longer one for the next. */
const MAX_LINE_BYTES = 4000;

/**
 * The text of an option file that logs the command-line clients of MySQL and MariaDB in. It holds the password: hand
 * it over through a pipe, never through a file that stays.
 *
 * Throws JobError ParameterInvalid for a value that an option file cannot carry, RangeError when TLS is to be verified
 * without a `caFile`.
 */
export function optionFile({ host, port, user, password, tls }: ServerConnection): string {
  return [
    '[client]',
    option('host', host),
    `port=${port}`,
    // Without it, the clients take `localhost` for a socket file.
    'protocol=tcp',
    option('user', user),
    option('password', password),
    'default-character-set=utf8mb4',
    ...tlsOptions(tls),
    '',
  ].join('\n');
}

/** MariaDB's clients alone read `[client-mariadb]`; what only MySQL's know is `loose`, and MariaDB's warn about it. */
function tlsOptions(tls: DatabaseTls): string[] {
  switch (tls.mode) {
    case 'loopback':
      return ['[client-mariadb]', 'skip-ssl'];
    case 'INSECURE_unverified':
      return ['[client-mariadb]', 'skip-ssl-verify-server-cert'];
    case 'verify':
      if (tls.caFile === undefined) {
        throw new RangeError(
          'The MySQL clients verify a certificate only with a file of authorities: give `caFile`. ' +
            'certificateAuthorities() has its content.',
        );
      }
      return [
        option('ssl-ca', tls.caFile),
        'loose_ssl-mode=VERIFY_IDENTITY',
        '[client-mariadb]',
        'ssl-verify-server-cert',
      ];
  }
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function option(name: string, value: string): string {
  const line = `${name}="${value.replaceAll(/[\\"\n\r\t]/g, (character) => ESCAPES[character] ?? character)}"`;
  if (value.includes('\0') || Buffer.byteLength(line) > MAX_LINE_BYTES) {
    const limit = `it must not hold NUL, and not be longer than about ${MAX_LINE_BYTES} bytes`;
    throw new JobError('ParameterInvalid', `The ${name} cannot be given to the MySQL clients: ${limit}. Change it.`);
  }
  return line;
}
