import { createHash } from 'node:crypto';
import type { Sink } from '../objects/rows-objects.ts';

/** Keeps objects in memory; one whose source fails is not kept. */
export function memorySink(): { sink: Sink; objects: Map<string, Buffer> } {
  const objects = new Map<string, Buffer>();
  const sink: Sink = async (key, source) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of source) pieces.push(Buffer.from(piece));
    const object = Buffer.concat(pieces);
    objects.set(key, object);
    return { storedBytes: object.length, storedSha256: createHash('sha256').update(object).digest('hex') };
  };
  return { sink, objects };
}
