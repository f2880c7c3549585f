import { setTimeout as sleep } from 'node:timers/promises';
import { isTemporary } from './s3-errors.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Does something again while S3 fails, for as long as the patience lasts: longer than the client, which counts attempts.
 * @throws the last error
 */
export async function patiently(patienceMs: number, attempt: () => Promise<unknown>): Promise<void> {
  const giveUpMs = performance.now() + patienceMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!isTemporary(error) || performance.now() + pauseMs > giveUpMs) throw error;
    }
    await sleep(pauseMs);
  }
}
