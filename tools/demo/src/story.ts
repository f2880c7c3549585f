/** Tells what the demo is doing, one numbered step after the other, with the time each took. */
export class Story {
  readonly #shown: string[] = [];
  #step = 0;

  async step<T>(title: string, act: () => Promise<T>): Promise<T> {
    this.#step++;
    console.log(`\n${this.#step}. ${title}`);
    const startedMs = performance.now();
    const result = await act();
    console.log(`   (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
    return result;
  }

  say(line: string): void {
    console.log(`   ${line}`);
  }

  /** Remembers a fact for the summary. */
  shown(fact: string): void {
    this.#shown.push(fact);
  }

  summary(): void {
    console.log('\nShown:');
    for (const fact of this.#shown) console.log(` - ${fact}`);
  }
}
