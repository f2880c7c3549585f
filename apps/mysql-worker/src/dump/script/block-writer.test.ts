import { once } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BlockWriter } from './block-writer.ts';

const MIB = 1024 ** 2;

interface Target {
  target: Writable;
  /** Copies of what came, in order. */
  received: Buffer[];
  /** Says of the oldest block that it is done with; `undefined` while there is none. */
  finishBlock: () => void;
}

/** A target that is as slow as the test wants it, and looks at a block again right before it is done with it. */
function slowTarget(): Target {
  const received: Buffer[] = [];
  let finish: (() => void) | undefined;
  const target = new Writable({
    write: (block: Buffer, _encoding, done) => {
      finish = () => {
        finish = undefined;
        received.push(Buffer.from(block));
        done();
      };
    },
  });
  return { target, received, finishBlock: () => finish?.() };
}

/** Chunks that have their memory for themselves, as those of a process's output do; each is full of its number. */
function ownChunks(sizesBytes: number[]): Buffer[] {
  return sizesBytes.map((size, index) => Buffer.from(new ArrayBuffer(size)).fill(index + 1));
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a block writer', () => {
  it.each([
    ['small chunks', Array.from({ length: 100 }, () => 65_000)],
    ['chunks that are larger than all its blocks', [9 * MIB + 1, 5]],
    ['whole blocks', [MIB, MIB, 4 * MIB]],
    ['nothing', []],
  ])('passes on %s unchanged, to a target that is slow', async (_, sizes) => {
    const { target, received, finishBlock } = slowTarget();
    const sent = Buffer.concat(ownChunks(sizes));
    const piped = pipeline(Readable.from(ownChunks(sizes)), new BlockWriter(target, () => undefined));
    const finished = once(target, 'finish').then(() => true);
    while (!(await Promise.race([finished, turn().then(() => false)]))) finishBlock();
    await piped;
    expect(Buffer.concat(received).equals(sent)).toBe(true);
  });

  it('gives the memory of a chunk back as soon as it is copied, whatever the target has done', () => {
    const [chunk = Buffer.alloc(0)] = ownChunks([65_536]);
    const lengths: number[] = [];
    const blocks = new BlockWriter(slowTarget().target, ({ length }) => lengths.push(length));
    blocks.write(chunk);
    expect(lengths).toEqual([65_536]);
    expect(chunk).toHaveLength(0);
  });

  it('holds 4 MiB, and keeps the chunk that has no place until there is one', async () => {
    const { target, finishBlock } = slowTarget();
    const blocks = new BlockWriter(target, () => undefined);
    const [full = Buffer.alloc(0), next = Buffer.alloc(0)] = ownChunks([4 * MIB, 100]);
    blocks.write(full);
    blocks.write(next);
    await turn();
    expect([full.length, next.length]).toEqual([0, 100]);
    finishBlock();
    await turn();
    expect(next).toHaveLength(0);
  });

  it('ends its target with what the reader along throws', async () => {
    const { target } = slowTarget();
    const blocks = new BlockWriter(target, () => {
      throw new Error('no good');
    });
    const failed = once(target, 'error');
    const piped = pipeline(Readable.from(ownChunks([10])), blocks);
    await expect(piped).rejects.toThrow('no good');
    await expect(failed).resolves.toMatchObject([{ message: 'no good' }]);
  });
});
