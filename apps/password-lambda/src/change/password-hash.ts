import { createHash } from 'node:crypto';
import { shaCrypt } from './sha-crypt.ts';

/** How a server stores a password: `$A$`, thousands of rounds in hexadecimal, salt and digest. */
const CACHING_SHA2 = /^\$A\$(?<thousands>[0-9A-Fa-f]{3})\$(?<salt>[^]{20})(?<digest>[./0-9A-Za-z]{43})$/;

/** The same of the older plugin: rounds, when they are not 5,000, and a `$` after the salt. */
const SHA256 = /^\$5\$(?:rounds=(?<rounds>\d+)\$)?(?<salt>[^$]{1,20})\$(?<digest>[./0-9A-Za-z]{43})$/;

const SHA256_DEFAULT_ROUNDS = 5000;

/** The plugins whose passwords can be changed by us and compared with a hash. */
export const PASSWORD_PLUGINS = ['caching_sha2_password', 'sha256_password', 'mysql_native_password'];

/** What `mysql_native_password` stores: the server takes it in place of the password. */
export function nativeHash(password: string): string {
  const once = createHash('sha1').update(password).digest();
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
}

/**
 * Whether a stored hash is that of the password. Asking the server by logging in would count as a failed login, lock
 * some accounts, and only tell about the one account that is for our address.
 */
export function isHashOf(hash: string, password: string): boolean {
  if (hash.startsWith('*')) return hash === nativeHash(password);
  const cachingSha2 = CACHING_SHA2.exec(hash)?.groups;
  if (cachingSha2 !== undefined) {
    const { thousands = '', salt = '', digest } = cachingSha2;
    return shaCrypt(password, salt, Number.parseInt(thousands, 16) * 1000) === digest;
  }
  const sha256 = SHA256.exec(hash)?.groups;
  if (sha256 === undefined) return false;
  const { rounds = SHA256_DEFAULT_ROUNDS, salt = '', digest } = sha256;
  return shaCrypt(password, salt, Number(rounds)) === digest;
}
