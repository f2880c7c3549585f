import { hash } from 'node:crypto';

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Three bytes of the digest each become four characters, in this order; the last two bytes become three. */
const ORDER = [
  [0, 10, 20],
  [21, 1, 11],
  [12, 22, 2],
  [3, 13, 23],
  [24, 4, 14],
  [15, 25, 5],
  [6, 16, 26],
  [27, 7, 17],
  [18, 28, 8],
  [9, 19, 29],
] as const;

const sha256 = (...parts: Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');

/** The digest repeated until it is `length` bytes long. */
const stretch = (digest: Buffer, length: number): Buffer => Buffer.alloc(length, digest);

/**
 * The SHA-256 scheme of crypt(3), which MySQL hashes passwords with (Ulrich Drepper, "Unix crypt using SHA-256 and
 * SHA-512"). Only the digest, without salt and rounds before it.
 */
export function shaCrypt(password: string, saltText: string, rounds: number): string {
  const secret = Buffer.from(password, 'utf8');
  const salt = Buffer.from(saltText, 'utf8');
  const both = sha256(secret, salt, secret);
  const bits: Buffer[] = [];
  for (let length = secret.length; length > 0; length >>= 1) bits.push(length & 1 ? both : secret);
  const first = sha256(secret, salt, stretch(both, secret.length), ...bits);

  const secretBytes = stretch(sha256(Buffer.alloc(secret.length ** 2, secret)), secret.length);
  const saltBytes = stretch(sha256(Buffer.alloc(salt.length * (16 + first.readUInt8(0)), salt)), salt.length);
  let digest = first;
  for (let round = 0; round < rounds; round++) {
    const parts: Buffer[] = [round & 1 ? secretBytes : digest];
    if (round % 3) parts.push(saltBytes);
    if (round % 7) parts.push(secretBytes);
    parts.push(round & 1 ? digest : secretBytes);
    digest = sha256(...parts);
  }
  return encode(digest);
}

function encode(digest: Buffer): string {
  const groups = ORDER.map(([high, middle, low]) =>
    characters((digest.readUInt8(high) << 16) | (digest.readUInt8(middle) << 8) | digest.readUInt8(low), 4),
  );
  return groups.join('') + characters((digest.readUInt8(31) << 8) | digest.readUInt8(30), 3);
}

/** The lowest six bits first. */
const characters = (bits: number, count: number): string =>
  Array.from({ length: count }, (_, index) => ALPHABET.charAt((bits >> (6 * index)) & 63)).join('');
