import { BlockList, isIP } from 'node:net';

/**
 * Whether a server would take a connection from an address for the host of an account; undefined where we cannot tell.
 * `knowsPrefixLengths`: the server understands `10.1.0.0/16`, which MariaDB takes for a name.
 */
export function matchesHost(host: string, address: string, knowsPrefixLengths = true): boolean | undefined {
  if (host === '' || host === '%') return true;
  const network = knowsPrefixLengths || !/\/\d+$/.test(host) ? parseNetwork(host) : undefined;
  if (network !== undefined) return isIP(address) === 0 ? undefined : network(address);
  if (likePattern(host).test(address)) return true;
  // A server that shows a name has looked the address up, and compares both with the host of an account.
  const isNumeric = /^[\d.%_:a-f]+$/i.test(host) && /\d/.test(host);
  return isIP(address) === 0 && isNumeric ? undefined : false;
}

/** Of two hosts, servers take a certain address first, then a network, then the one whose first wildcard comes later. */
export function specificityOf(host: string): number {
  const wildcard = host.search(/[%_]/);
  if (host === '') return -1;
  if (wildcard !== -1) return wildcard;
  return parseNetwork(host) === undefined ? Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER - 1;
}

/** `10.1.0.0/255.255.0.0`, and from MySQL 8.0.23 on `10.1.0.0/16`. */
function parseNetwork(host: string): ((address: string) => boolean) | undefined {
  const [, net = '', mask = ''] = /^([\d.]+)\/([\d.]+)$/.exec(host) ?? [];
  if (isIP(net) !== 4) return undefined;
  const bits = isIP(mask) === 4 ? prefixLength(mask) : Number(mask);
  if (!Number.isInteger(bits) || bits < 0 || bits > 32) return undefined;
  const list = new BlockList();
  list.addSubnet(net, bits);
  return (address) => list.check(address);
}

function prefixLength(mask: string): number {
  const binary = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(binary) ? binary.replaceAll('0', '').length : -1;
}

/** As LIKE compares: `%` is any text, `_` any character, a backslash takes their meaning, and case does not count. */
function likePattern(host: string): RegExp {
  const source = host.replaceAll(
    /\\(.)|([%_])|([^%_\\])/gsu,
    (_, escaped?: string, wildcard?: string, plain?: string) => {
      if (wildcard !== undefined) return wildcard === '%' ? '.*' : '.';
      return (escaped ?? plain ?? '').replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    },
  );
  return new RegExp(`^${source}$`, 'isu');
}
