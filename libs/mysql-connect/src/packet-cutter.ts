/** A packet begins with its length, three bytes, and its number (dev.mysql.com, "MySQL Packets"). */
const HEADER_BYTES = 4;

/**
 * Cuts what comes over the wire where packets of the MySQL protocol end. A packet that has not come whole is kept in
 * memory of its own, of its length: a packet of 16 MiB is never there twice.
 */
export class PacketCutter {
  readonly #header = Buffer.alloc(HEADER_BYTES);
  /** Bytes of the packet that has begun, its header among them. */
  #begun = 0;
  #packet: Buffer | undefined;

  /** Calls `onPackets` with whole packets, one or several at a time: a share of `chunk`, or memory of their own. */
  take(chunk: Buffer, onPackets: (packets: Buffer) => void): void {
    let start = 0;
    while (this.#begun > 0 && start < chunk.length) start = this.#complete(chunk, start, onPackets);
    const end = endOfWhole(chunk, start);
    if (end > start) onPackets(chunk.subarray(start, end));
    if (end < chunk.length) this.#begin(chunk.subarray(end));
  }

  #begin(bytes: Buffer): void {
    this.#begun = bytes.copy(this.#header);
    if (this.#begun < HEADER_BYTES) return;
    this.#packet = this.#withHeader();
    this.#begun = bytes.copy(this.#packet);
  }

  /** Adds to the packet that has begun; returns where in the chunk it ends, or the chunk does. */
  #complete(chunk: Buffer, start: number, onPackets: (packets: Buffer) => void): number {
    const filling = this.#packet ?? this.#header;
    const copied = chunk.copy(filling, this.#begun, start);
    this.#begun += copied;
    if (this.#begun === filling.length) {
      const packet = (this.#packet ??= this.#withHeader());
      if (this.#begun === packet.length) {
        this.#packet = undefined;
        this.#begun = 0;
        onPackets(packet);
      }
    }
    return start + copied;
  }

  #withHeader(): Buffer {
    const packet = Buffer.allocUnsafe(HEADER_BYTES + this.#header.readUIntLE(0, 3));
    this.#header.copy(packet);
    return packet;
  }
}

function endOfWhole(chunk: Buffer, start: number): number {
  let end = start;
  while (chunk.length - end >= HEADER_BYTES) {
    const next = end + HEADER_BYTES + chunk.readUIntLE(end, 3);
    if (next > chunk.length) break;
    end = next;
  }
  return end;
}
