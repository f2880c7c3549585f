import { isIP, isIPv4, isIPv6 } from 'node:net';

/** RFC 1035, 2.3.4: 255 bytes on the wire are 253 characters of text. */
const MAX_HOST_LENGTH = 253;

/** RFC 1123, 2.1, and the underscore that names inside of networks have. */
const LABEL = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/;

/** Why a value is no host of a database: a name or an IP address, and nothing more. */
export function hostProblem(value: string): string | undefined {
  if (/\s/.test(value)) return 'holds a space: write the host alone, such as db.example.com';
  if (value.includes('://')) return 'is a URL: write the host alone, such as db.example.com';
  if (isIP(value) !== 0) return undefined;
  const [, inBrackets] = /^\[(.*)\](:\d*)?$/.exec(value) ?? [];
  if (inBrackets !== undefined && isIPv6(inBrackets)) {
    return 'is an IPv6 address in brackets: write it without them, and a port into db_port';
  }
  if (/^[^:]+:\d*$/.test(value)) return 'has a port in it: write the host alone, and the port into db_port';
  if (value.includes('@')) return 'has an account in it: write the host alone, and the account into db_user';
  if (value.includes('/')) return 'is a path: write the host alone, such as db.example.com';
  if (value.endsWith('.')) return 'ends with a dot: write the host without it';
  return isHostName(value) ? undefined : 'is neither a host name, such as db.example.com, nor an IP address';
}

function isHostName(value: string): boolean {
  const labels = value.split('.');
  // As browsers have it: a name that ends in a number is an address, or nothing.
  const isAddress = /^\d+$/.test(labels.at(-1) ?? '');
  return value.length <= MAX_HOST_LENGTH && labels.every((label) => LABEL.test(label)) && (!isAddress || isIPv4(value));
}
