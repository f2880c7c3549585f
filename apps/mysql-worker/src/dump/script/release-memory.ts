/**
 * Gives a chunk's memory back at once; the chunk is empty afterwards. What a process writes is read into memory outside
 * V8's heap, 64 KiB at a time, and the garbage collector, left to find it, lets hundreds of megabytes pile up and then
 * collects everything, again and again.
 *
 * A chunk that shares its memory with others, as small ones of `Buffer`'s pool do, is left to the garbage collector.
 */
export function releaseMemory(chunk: Buffer): void {
  const { buffer } = chunk;
  if (chunk.length > 0 && buffer instanceof ArrayBuffer && chunk.length === buffer.byteLength) buffer.transfer(0);
}
