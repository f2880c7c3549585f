import { isIPv4 } from 'node:net';
import type { DatabaseTlsSetting } from '@serverless-ops/names';

/**
 * How one connection is protected.
 *
 * - `verify`: TLS; the certificate must come from a known authority and be made out to the host.
 * - `loopback`: no TLS, because nothing leaves the machine.
 * - `INSECURE_unverified`: TLS where the server offers it, nothing checked.
 */
export type DatabaseTls =
  | {
      readonly mode: 'verify';
      /**
       * PEM file of the authorities to trust; the command-line clients need one.
       * @default Node's own authorities and those of Amazon RDS, for {@link connect} only
       */
      readonly caFile?: string;
    }
  | { readonly mode: 'loopback' }
  | { readonly mode: 'INSECURE_unverified' };

/** How a connection to `host` is protected, given what the settings say about hosts outside this machine. */
export function tlsFor(host: string, setting: DatabaseTlsSetting, caFile?: string): DatabaseTls {
  if (isLoopback(host)) return { mode: 'loopback' };
  if (setting === 'INSECURE_unverified') return { mode: 'INSECURE_unverified' };
  return { mode: 'verify', ...(caFile !== undefined && { caFile }) };
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
