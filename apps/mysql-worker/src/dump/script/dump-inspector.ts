const NEWLINE = 0x0a;
const QUOTE = 0x27;
const BACKTICK = 0x60;
const BACKSLASH = 0x5c;
const OPEN = 0x28;
const SEMICOLON = 0x3b;
const V = 0x56;

/** Enough of a line to see what it is: a name has up to 64 characters of up to 4 bytes, each backtick doubled. */
const HEAD_BYTES = 600;
/** The closing line, with its date, is about 50 bytes. */
const TAIL_BYTES = 256;

const TABLE_STATEMENT = /^(CREATE TABLE|INSERT INTO) (?:IF NOT EXISTS )?`((?:[^`]|``)+)`/;
const TOOL_LINE = /^-- ((?:MySQL|MariaDB) dump .*?)(?:,|\s+for )/;
const CLOSING_LINE = /(?:^|\n)-- Dump completed[^\n]*\n*$/;

type Mode = 'line start' | 'line' | 'columns' | 'quoted column' | 'rows' | 'string';

export interface TableRows {
  name: string;
  rows: number;
}

/**
 * Reads along while a dump of `mysqldump` or `mariadb-dump` streams by: which tables, how many rows each, and whether
 * the closing line came last. Both tools write statements at the start of a line, escape line breaks inside strings
 * with a backslash, and put the bodies of routines, triggers and events between `DELIMITER ;;` and `DELIMITER ;`,
 * where nothing counts.
 *
 * It looks at every byte once: its speed is part of the backup's.
 */
export class DumpInspector {
  #mode: Mode = 'line start';
  #escaped = false;
  #inBody = false;
  /** Start of a line whose kind cannot be told yet. */
  #pending = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #current: TableRows = { name: '', rows: 0 };
  readonly #tables = new Map<string, TableRows>();
  #rows = 0;
  #tool: string | undefined;

  push(received: Buffer): void {
    this.#tail = Buffer.concat([this.#tail, received.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
    const chunk = this.#pending.length === 0 ? received : Buffer.concat([this.#pending, received]);
    this.#pending = Buffer.alloc(0);
    let at = 0;
    while (at < chunk.length) at = this.#step(chunk, at);
  }

  /** Tables in the order of the dump; one without rows is there with 0. */
  get tables(): TableRows[] {
    return [...this.#tables.values()];
  }

  /** Rows seen so far, in all tables. */
  get rows(): number {
    return this.#rows;
  }

  /** What the dump's first comment says of the tool that made it: `MariaDB dump 10.19-11.4.2`. */
  get tool(): string | undefined {
    return this.#tool;
  }

  /** Whether what came last is the line that the dump tool writes when it has reached its end. */
  get hasClosingLine(): boolean {
    return CLOSING_LINE.test(this.#tail.toString('latin1'));
  }

  /** Reads on from `at`; returns where the next step begins. */
  #step(chunk: Buffer, at: number): number {
    switch (this.#mode) {
      case 'line start':
        return this.#readLineStart(chunk, at);
      case 'line':
        return this.#skipLine(chunk, at);
      case 'columns':
      case 'quoted column':
        return this.#skipColumns(chunk, at);
      case 'rows':
      case 'string':
        return this.#countRows(chunk, at);
    }
  }

  #readLineStart(chunk: Buffer, at: number): number {
    const newline = chunk.indexOf(NEWLINE, at);
    const end = Math.min(newline === -1 ? chunk.length : newline, at + HEAD_BYTES);
    if (newline === -1 && end - at < HEAD_BYTES) {
      this.#pending = Buffer.from(chunk.subarray(at));
      return chunk.length;
    }
    this.#mode = 'line';
    const head = chunk.toString('utf8', at, end);
    this.#tool ??= TOOL_LINE.exec(head)?.[1];
    if (head.startsWith('DELIMITER ')) this.#inBody = head !== 'DELIMITER ;';
    const statement = this.#inBody ? null : TABLE_STATEMENT.exec(head);
    if (statement?.[2] === undefined) return end;
    this.#enterTable(statement[2].replaceAll('``', '`'));
    if (statement[1] === 'INSERT INTO') this.#mode = 'columns';
    return at + Buffer.byteLength(statement[0]);
  }

  #enterTable(name: string): void {
    this.#current = this.#tables.get(name) ?? { name, rows: 0 };
    this.#tables.set(name, this.#current);
  }

  #skipLine(chunk: Buffer, at: number): number {
    const newline = chunk.indexOf(NEWLINE, at);
    if (newline === -1) return chunk.length;
    this.#mode = 'line start';
    return newline + 1;
  }

  /** Between the table's name and `VALUES`: a column list, when there is one, has parentheses that open no row. */
  #skipColumns(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      if (chunk[at] === BACKTICK) this.#mode = this.#mode === 'columns' ? 'quoted column' : 'columns';
      else if (chunk[at] === V && this.#mode === 'columns') {
        this.#mode = 'rows';
        return at;
      }
    }
    return chunk.length;
  }

  /**
   * After `VALUES`: a parenthesis outside a string opens a row; a semicolon outside a string ends the statement. Nearly
   * every byte of a dump passes here, so each state has a loop of its own.
   */
  #countRows(chunk: Buffer, from: number): number {
    let inString = this.#mode === 'string';
    let rows = 0;
    let at = this.#escaped ? from + 1 : from;
    let backslash = -1;
    this.#mode = 'rows';
    while (at < chunk.length && this.#mode === 'rows') {
      if (inString) {
        if (backslash < at) backslash = indexOrEnd(chunk, BACKSLASH, at);
        at = endOfString(chunk, at, backslash);
        if (at >= chunk.length) break;
        inString = false;
        at++;
      }
      for (; at < chunk.length; at++) {
        const byte = chunk[at];
        if (byte === OPEN) rows++;
        else if (byte === QUOTE) {
          inString = true;
          at++;
          break;
        } else if (byte === SEMICOLON) {
          this.#mode = 'line';
          break;
        }
      }
    }
    this.#escaped = at > chunk.length;
    this.#rows += rows;
    this.#current.rows += rows;
    if (inString) this.#mode = 'string';
    return at;
  }
}

/**
 * Where the closing quote is, or the chunk's length; one more when a backslash came last, whose next byte is to be
 * skipped. `backslash` is the first from `at` on: a string without any is skipped at the speed of memory.
 */
function endOfString(chunk: Buffer, from: number, backslash: number): number {
  const quote = indexOrEnd(chunk, QUOTE, from);
  if (quote <= backslash) return quote;
  let at = backslash;
  for (; at < chunk.length && chunk[at] !== QUOTE; at++) if (chunk[at] === BACKSLASH) at++;
  return at;
}

function indexOrEnd(chunk: Buffer, byte: number, from: number): number {
  const index = chunk.indexOf(byte, from);
  return index === -1 ? chunk.length : index;
}
