import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({
  /** Id of an API key to its value. */
  apiKeys: z.record(z.string(), z.string()),
  /** Those that were put by calls; the templates' own are made at each start. */
  parameters: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['String', 'StringList', 'SecureString']),
      value: z.string(),
      keyId: z.string().optional(),
      description: z.string().optional(),
      tier: z.enum(['Standard', 'Advanced']),
    }),
  ),
});

export type State = z.output<typeof stateSchema>;

const FILE = 'state.json';

/** What is kept from one start to the next, in a folder: keys of APIs, and parameters with their decrypted values. */
export class KeptState {
  readonly #folder: string;
  #state: State;

  private constructor(folder: string, state: State) {
    this.#folder = folder;
    this.#state = state;
  }

  /** Reads what a folder holds, or begins with nothing in a new one. Throws what is wrong with it. */
  static open(folder: string): KeptState {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      return new KeptState(folder, stateSchema.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8'))));
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ENOENT')
        return new KeptState(folder, { apiKeys: {}, parameters: [] });
      throw new Error(
        `${join(folder, FILE)} is no state that the local cloud wrote. Remove it, or name another folder.`,
        {
          cause: error,
        },
      );
    }
  }

  get apiKeys(): State['apiKeys'] {
    return this.#state.apiKeys;
  }

  get parameters(): State['parameters'] {
    return this.#state.parameters;
  }

  /** Writes at once, for its owner only: it holds passwords. A reader never sees half of it. */
  save(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    const file = join(this.#folder, FILE);
    writeFileSync(`${file}.new`, JSON.stringify(this.#state, undefined, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}
