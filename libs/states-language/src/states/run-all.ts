/**
 * Runs the items, a limited number at a time, and answers their results in order. The first failure stops what still
 * runs, and is thrown once all of that has stopped.
 */
export async function runAll<Item, Result>(
  items: readonly Item[],
  { limit, signal: outer }: { limit: number; signal: AbortSignal },
  runItem: (item: Item, index: number, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const siblings = new AbortController();
  const signal = AbortSignal.any([outer, siblings.signal]);
  const results: Result[] = [];
  const queue = items.entries();

  async function work(): Promise<void> {
    for (const [index, item] of queue) {
      signal.throwIfAborted();
      results[index] = await runItem(item, index, signal);
    }
  }

  const workers = Array.from({ length: Math.min(limit, items.length) }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    siblings.abort();
    await Promise.allSettled(workers);
    throw error;
  }
  return results;
}
