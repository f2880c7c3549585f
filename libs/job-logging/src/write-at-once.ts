import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/**
 * A pipe whose reader is behind has room again as soon as the reader takes a piece. pino's own destination sleeps for
 * 100 ms each time: a script's 300,000 lines took minutes.
 */
const LOOK_AGAIN_MS = 1;

const NEVER = new Int32Array(new SharedArrayBuffer(4));

/** Writes each line before it returns, so that an exit loses none. A reader that is behind is waited for. */
export function writeAtOnce(fileDescriptor: number): DestinationStream {
  return {
    write: (line) => {
      const bytes = Buffer.from(line);
      let at = 0;
      while (at < bytes.length) {
        try {
          at += writeSync(fileDescriptor, bytes, at);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
          Atomics.wait(NEVER, 0, 0, LOOK_AGAIN_MS);
        }
      }
    },
  };
}
