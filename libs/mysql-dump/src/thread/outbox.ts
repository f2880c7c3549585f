import type { MessagePort } from 'node:worker_threads';
import type { ThreadMessage } from './messages.ts';

/**
 * Pieces that may wait to be uploaded. While there are so many, the thread sleeps, even in the middle of a row of 64 MiB,
 * and TCP makes the server wait: so memory stays the same for rows of any length.
 */
const MAX_UNTAKEN = 4;

/** Messages travel together up to so many bytes of pieces: each by itself would cost more than the rows of a small table. */
const PARCEL_BYTES = 256 * 1024;

/** What a thread sends, several messages at once. */
export class Outbox {
  readonly #port: MessagePort;
  readonly #untaken: Int32Array;
  #messages: ThreadMessage[] = [];
  #pieces: ArrayBuffer[] = [];
  #bytes = 0;

  /** `untaken` is the number of {@link ThreadData.untaken}. */
  constructor(port: MessagePort, untaken: SharedArrayBuffer) {
    this.#port = port;
    this.#untaken = new Int32Array(untaken);
  }

  /** The message is sent with later ones, at the latest by {@link send}. A piece's memory is gone then. */
  add(message: ThreadMessage): void {
    this.#messages.push(message);
    if (message.type !== 'piece') return;
    this.#pieces.push(message.piece.buffer);
    this.#bytes += message.piece.length;
    if (this.#bytes >= PARCEL_BYTES) this.send();
  }

  send(): void {
    for (;;) {
      const waiting = Atomics.load(this.#untaken, 0);
      if (waiting < MAX_UNTAKEN) break;
      Atomics.wait(this.#untaken, 0, waiting);
    }
    Atomics.add(this.#untaken, 0, this.#pieces.length);
    this.#port.postMessage(this.#messages, this.#pieces);
    this.#messages = [];
    this.#pieces = [];
    this.#bytes = 0;
  }
}
