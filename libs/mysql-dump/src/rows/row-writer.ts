import type { ColumnForm } from './column-form.ts';
import { escapeBytes } from './escape-bytes.ts';
import { lengthBytes, longLength, NULL_VALUE } from './length-encoded.ts';

/**
 * A statement ends before the row that could make it longer; one row that is longer alone is a statement of its own. A
 * server may take no more than this: it was the default of `max_allowed_packet` for long, and is in many files of options.
 */
const STATEMENT_BYTES = 1024 ** 2;

/** Of the memory that is written to and compressed at once; used over and over. */
const BLOCK_BYTES = 1024 ** 2;

/** A longer value is written in slices, between which the block is passed on. */
const SLICE_BYTES = 128 * 1024;

/** Room for what stands around a value: introducer, quotes, comma, parentheses, end of the statement. */
const AROUND_BYTES = 64;

const COMMA = 0x2c;
const OPEN = 0x28;
const CLOSE = 0x29;
const QUOTE = 0x27;

const NULL_TEXT = Buffer.from('NULL');
const TEXT_INTRODUCER = Buffer.from('_utf8mb4');
const BINARY_INTRODUCER = Buffer.from('_binary');
const STATEMENT_END = Buffer.from(';\n');

/** Forms as numbers: the writer switches on one for every value. */
const DIGITS = 0;
const PLAIN = 1;
const BYTES = 2;
const TEXT = 3;
const BINARY = 4;
const FORM_NUMBERS: Record<ColumnForm, number> = {
  digits: DIGITS,
  plain: PLAIN,
  bytes: BYTES,
  text: TEXT,
  binary: BINARY,
};

/** What a writer passes on: a block's filled share. It is used again as soon as the call returns. */
export type OnBlock = (filled: Buffer) => void;

/**
 * Writes rows, as the server sends them, as INSERT statements of many rows, one statement to a line. Every byte of a
 * database passes here: no value becomes an object, and blocks are used again.
 */
export class RowWriter {
  readonly #onBlock: OnBlock;
  readonly #block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  readonly #blockView = new DataView(this.#block.buffer);
  #at = 0;
  /** Bytes of the chunk that were passed on. */
  #passedBytes = 0;
  #preamble: Buffer = Buffer.alloc(0);
  #head: Buffer = Buffer.alloc(0);
  #forms = new Uint8Array();
  /** Where in the chunk the open statement begins; -1 when none is open. */
  #statementStart = -1;
  #longestStatementBytes = 0;
  #source: Buffer = Buffer.alloc(0);
  #sourceView: DataView = new DataView(new ArrayBuffer(0));

  constructor(onBlock: OnBlock) {
    this.#onBlock = onBlock;
  }

  /**
   * Begins a chunk: its first statements, which a chunk without rows goes without, then what every INSERT begins with, up
   * to and with `VALUES`.
   */
  begin(preamble: Buffer, insertHead: Buffer, forms: readonly ColumnForm[]): void {
    this.#preamble = preamble;
    this.#head = insertHead;
    this.#forms = Uint8Array.from(forms, (form) => FORM_NUMBERS[form]);
    this.#passedBytes = 0;
    this.#longestStatementBytes = 0;
  }

  /** Ends the chunk and passes on what is left of it. */
  end(): { bytes: number; longestStatementBytes: number } {
    this.#endStatement();
    this.#pass();
    return { bytes: this.#passedBytes, longestStatementBytes: this.#longestStatementBytes };
  }

  /** One row: a chain of length-encoded values, as many as there are forms. */
  row(source: Buffer, start: number, end: number): void {
    if (source !== this.#source) {
      this.#source = source;
      this.#sourceView = new DataView(source.buffer, source.byteOffset, source.byteLength);
    }
    this.#beginRow(end - start);
    const forms = this.#forms;
    const columns = forms.length;
    let read = start;
    for (let column = 0; column < columns; column++) {
      const first = source[read] ?? 0;
      if (column > 0) this.#block[this.#at++] = COMMA;
      if (first === NULL_VALUE) {
        this.#writeNull();
        read++;
        continue;
      }
      const length = first < NULL_VALUE ? first : longLength(this.#sourceView, read);
      read += lengthBytes(first);
      this.#value(forms[column] ?? 0, read, length);
      read += length;
    }
    this.#block[this.#at++] = CLOSE;
  }

  get #bytes(): number {
    return this.#passedBytes + this.#at;
  }

  #beginRow(rowBytes: number): void {
    // Every byte may need a backslash.
    const most = 2 * rowBytes + this.#forms.length * AROUND_BYTES;
    if (this.#statementStart >= 0 && this.#bytes - this.#statementStart + most > STATEMENT_BYTES) this.#endStatement();
    if (this.#statementStart < 0) {
      if (this.#bytes === 0) this.#write(this.#preamble);
      this.#ensure(this.#head.length + AROUND_BYTES);
      this.#statementStart = this.#bytes;
      this.#write(this.#head);
    } else {
      this.#ensure(AROUND_BYTES);
      this.#block[this.#at++] = COMMA;
    }
    this.#block[this.#at++] = OPEN;
  }

  #endStatement(): void {
    if (this.#statementStart < 0) return;
    this.#write(STATEMENT_END);
    this.#longestStatementBytes = Math.max(this.#longestStatementBytes, this.#bytes - this.#statementStart);
    this.#statementStart = -1;
  }

  #value(form: number, from: number, length: number): void {
    if (length > SLICE_BYTES) {
      this.#longValue(form, from, length);
      return;
    }
    this.#ensure(2 * length + AROUND_BYTES);
    const block = this.#block;
    const source = this.#source;
    let at = this.#at;
    if (form === TEXT) at += TEXT_INTRODUCER.copy(block, at);
    else if (form === BINARY) at += BINARY_INTRODUCER.copy(block, at);
    if (form !== DIGITS) block[at++] = QUOTE;
    if (form >= BYTES) {
      at = escapeBytes(source, this.#sourceView, from, from + length, block, this.#blockView, at);
    } else {
      const end = from + length;
      for (let read = from; read < end; read++) block[at++] = source[read] ?? 0;
    }
    if (form !== DIGITS) block[at++] = QUOTE;
    this.#at = at;
  }

  #longValue(form: number, from: number, length: number): void {
    this.#ensure(AROUND_BYTES);
    if (form === TEXT) this.#write(TEXT_INTRODUCER);
    else if (form === BINARY) this.#write(BINARY_INTRODUCER);
    this.#block[this.#at++] = QUOTE;
    const end = from + length;
    for (let slice = from; slice < end; slice += SLICE_BYTES) {
      const sliceEnd = Math.min(slice + SLICE_BYTES, end);
      this.#ensure(2 * (sliceEnd - slice) + AROUND_BYTES);
      this.#at = escapeBytes(this.#source, this.#sourceView, slice, sliceEnd, this.#block, this.#blockView, this.#at);
    }
    this.#block[this.#at++] = QUOTE;
  }

  #writeNull(): void {
    this.#ensure(AROUND_BYTES);
    this.#at += NULL_TEXT.copy(this.#block, this.#at);
  }

  /** Copies a text of ours, which is short next to a block. */
  #write(text: Buffer): void {
    this.#ensure(text.length);
    this.#at += text.copy(this.#block, this.#at);
  }

  #ensure(bytes: number): void {
    if (this.#at + bytes > BLOCK_BYTES) this.#pass();
  }

  #pass(): void {
    if (this.#at === 0) return;
    this.#onBlock(this.#block.subarray(0, this.#at));
    this.#passedBytes += this.#at;
    this.#at = 0;
  }
}
