import { Readable } from 'node:stream';
import { readStdin } from './read-stdin.ts';

describe('standard input', () => {
  it('is text, whole characters of which may come in pieces', async () => {
    const [first, second] = [Buffer.from('pässw').subarray(0, 2), Buffer.from('pässw').subarray(2)];

    await expect(readStdin(Readable.from([first, second]))).resolves.toBe('pässw');
  });

  it('in another encoding shows that it is', async () => {
    await expect(readStdin(Readable.from([Buffer.from('pässw', 'latin1')]))).resolves.toBe('p\uFFFDssw');
  });

  it('of any length is read to no more than a value may have', async () => {
    let chunks = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          chunks += 1;
          yield Buffer.alloc(16 * 1024, 'x');
        }
      })(),
      { highWaterMark: 1 },
    );

    expect((await readStdin(endless)).length).toBeGreaterThan(4096);
    expect(chunks).toBeLessThan(10);
  });
});
