/** Gives a stream of bytes in shares of known lengths, one after the other. Each share is read to its end before the next. */
export async function* cutBytes(
  source: AsyncIterable<Uint8Array>,
  lengths: readonly number[],
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const iterator = source[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array();
  async function* share(bytes: number): AsyncGenerator<Uint8Array> {
    for (let left = bytes; left > 0;) {
      if (rest.length === 0) {
        const next = await iterator.next();
        if (next.done === true) throw new Error('The object ended before the last share of it.');
        rest = next.value;
      }
      const part = rest.subarray(0, left);
      rest = rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }
  try {
    for (const length of lengths) yield share(length);
  } finally {
    await iterator.return?.();
  }
}
