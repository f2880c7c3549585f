import { Readable } from 'node:stream';
import { untilAborted } from './until-aborted.ts';

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

describe('untilAborted', () => {
  it('passes the items on', async () => {
    expect(await collect(untilAborted(Readable.from([1, 2]), new AbortController().signal))).toEqual([1, 2]);
  });

  it('throws the reason at once while the source is silent', async () => {
    const stop = new AbortController();
    const silent: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    const reading = collect(untilAborted(silent, stop.signal));
    stop.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
  });

  it('tells the source to return when its reader stops', async () => {
    const source = Readable.from([1, 2]);
    for await (const item of untilAborted(source, new AbortController().signal)) if (item === 1) break;
    await new Promise((resolve) => source.once('close', resolve));
    expect(source.destroyed).toBe(true);
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    const removed = jest.spyOn(signal, 'removeEventListener');
    const added = jest.spyOn(signal, 'addEventListener');
    await collect(untilAborted(Readable.from([1, 2, 3]), signal));
    expect(removed.mock.calls).toHaveLength(added.mock.calls.length);
  });
});
