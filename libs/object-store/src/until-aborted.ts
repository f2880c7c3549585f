/**
 * The items of a source, until the signal aborts: then its reason is thrown at once, even while the source is silent.
 * `return` of the source is called in every case, but not waited for: a source that hangs must not hang its reader.
 */
export async function* untilAborted<Item>(source: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item> {
  const iterator = source[Symbol.asyncIterator]();
  // One listener for all items, and a promise for each: racing every item against one promise of the abort would make
  // that promise keep all of them until the end.
  let giveUp: (reason: Error) => void = () => undefined;
  const onAbort = (): void => giveUp(signal.reason as Error);
  signal.addEventListener('abort', onAbort);
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await new Promise<IteratorResult<Item>>((resolve, reject) => {
        giveUp = reject;
        iterator.next().then(resolve, reject);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    iterator.return?.().catch(() => undefined);
  }
}
