/** Primes of xxHash (github.com/Cyan4973/xxHash, xxh32), whose rounds these are. */
const PRIME_1 = 0x9e3779b1 | 0;
const PRIME_2 = 0x85ebca77 | 0;
const PRIME_3 = 0xc2b2ae3d | 0;
const SEED_A = 0x24234428;
const SEED_B = 0x85ebca77 | 0;

/**
 * A checksum over rows, whatever their order and however they are cut into chunks: two hashes of 32 bits of each row's
 * bytes, as the server sends them, added up. It finds accidents: rows that are lost, doubled or altered between a dump
 * and its restore. It is no proof against an attacker, which the SHA-256 of the stored objects is.
 */
export class RowChecksum {
  #sumA = 0;
  #sumB = 0;
  #rows = 0;
  #buffer: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  get rows(): number {
    return this.#rows;
  }

  /** One row's packet. Two words at a time, each into a hash of its own: the processor computes both at once. */
  row(buffer: Buffer, start: number, end: number): void {
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    }
    const view = this.#view;
    let a = SEED_A;
    let b = SEED_B;
    let at = start;
    for (const last = end - 8; at <= last; at += 8) {
      a = Math.imul(a, PRIME_1) + Math.imul(view.getInt32(at, true), PRIME_2);
      b = Math.imul(b, PRIME_1) + Math.imul(view.getInt32(at + 4, true), PRIME_2);
      a = (a << 13) | (a >>> 19);
      b = (b << 13) | (b >>> 19);
    }
    for (; at < end; at++) {
      a = Math.imul(((a << 5) | (a >>> 27)) ^ view.getUint8(at), PRIME_2);
    }
    const length = end - start;
    this.#sumA = (this.#sumA + finish(a ^ Math.imul(b, PRIME_3) ^ length)) | 0;
    this.#sumB = (this.#sumB + finish(b + Math.imul(a, PRIME_2) + length)) | 0;
    this.#rows++;
  }

  /** Adds what was computed of other rows. */
  add(other: RowSums): void {
    this.#sumA = (this.#sumA + other.a) | 0;
    this.#sumB = (this.#sumB + other.b) | 0;
    this.#rows += other.rows;
  }

  sums(): RowSums {
    return { a: this.#sumA, b: this.#sumB, rows: this.#rows };
  }

  /** 16 hexadecimal digits. Compare it together with the number of rows. */
  get value(): string {
    return [this.#sumA, this.#sumB].map((sum) => (sum >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

/** A checksum that further rows can be added to. */
export interface RowSums {
  readonly a: number;
  readonly b: number;
  readonly rows: number;
}

/** The two sums that a `value` of {@link RowChecksum} stands for. */
export function sumsOf(value: string): Pick<RowSums, 'a' | 'b'> {
  return { a: Number.parseInt(value.slice(0, 8), 16) | 0, b: Number.parseInt(value.slice(8), 16) | 0 };
}

/** Spreads every bit of a hash over all of it. */
function finish(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 15), PRIME_2);
  mixed = Math.imul(mixed ^ (mixed >>> 13), PRIME_3);
  return mixed ^ (mixed >>> 16);
}
