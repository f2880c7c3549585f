/**
 * Lends buffers for parts and takes them back. Buffers of megabytes that are left to the garbage collector pile up
 * faster than it runs; these few are used over and over, so memory stays flat however long the object.
 */
export class PartBuffers {
  readonly #free: Buffer[] = [];

  take(sizeBytes: number): Buffer {
    const buffer = this.#free.pop();
    // A smaller one is of an earlier stage, whose size never comes again.
    return buffer?.length === sizeBytes ? buffer : Buffer.allocUnsafeSlow(sizeBytes);
  }

  giveBack(buffer: Buffer): void {
    this.#free.push(buffer);
  }
}
