import { StringDecoder } from 'node:string_decoder';

/** Cuts a byte stream into lines as they come; `end` gives what is after the last line break. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  write(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#emit(line);
  }

  end(): void {
    this.#emit(this.#rest + this.#decoder.end());
    this.#rest = '';
  }

  /** CloudWatch Logs takes no empty events. */
  #emit(line: string): void {
    const text = line.replace(/\r$/, '');
    if (text !== '') this.#onLine(text);
  }
}
