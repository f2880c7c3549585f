/** First byte of a NULL in a row packet. */
export const NULL_VALUE = 0xfb;

/** Up to here, the first byte is the length itself. */
const MAX_ONE_BYTE_LENGTH = 0xfa;
const TWO_BYTES = 0xfc;
const THREE_BYTES = 0xfd;

/**
 * How many bytes a value's length takes, given their first one
 * (dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_dt_integers.html).
 */
export function lengthBytes(first: number): number {
  if (first <= MAX_ONE_BYTE_LENGTH) return 1;
  if (first === TWO_BYTES) return 3;
  return first === THREE_BYTES ? 4 : 9;
}

/** The length of a value of 251 bytes and more, whose first byte is at `at`. */
export function longLength(view: DataView, at: number): number {
  const first = view.getUint8(at);
  if (first === TWO_BYTES) return view.getUint16(at + 1, true);
  if (first === THREE_BYTES) return view.getUint16(at + 1, true) | (view.getUint8(at + 3) << 16);
  // Of eight bytes; no row has more than max_allowed_packet, which ends at 1 GiB.
  return view.getUint32(at + 1, true);
}
