import { readCondition } from './condition.ts';
import type { Row } from './row.ts';
import { readStats } from './stats.ts';
import { TokenReader } from './token-reader.ts';
import { malformed, tokenize } from './tokenize.ts';

/** A query that was read: turns the rows of the log groups into what it asks for. */
export interface InsightsQuery {
  run(rows: readonly Row[]): { matched: number; results: Row[] };
}

interface State {
  rows: readonly Row[];
  /** Fields to show; `undefined` until a command names some. */
  shown: string[] | undefined;
  matched: number;
}

type Command = (state: State) => State;

/** Shown when a query names no fields. */
const DEFAULT_FIELDS = ['@timestamp', '@message'];

/** Most rows that a query gives: StartQuery's `limit`, and the documented default of it. */
export const MAX_RESULTS = 10_000;

/**
 * Reads a query of Logs Insights: `fields`, `display`, `filter`, `stats`, `sort` and `limit` behind each other.
 * Throws `MalformedQueryException` for the rest of the language.
 */
export function parseQuery(text: string): InsightsQuery {
  const reader = new TokenReader(tokenize(text));
  const commands: Command[] = [];
  do commands.push(readCommand(reader));
  while (reader.takeIf('|'));
  if (!reader.isAtEnd) throw malformed(`unexpected symbol found ${reader.take().text}`);
  return {
    run: (rows) => {
      const start: State = { rows, shown: undefined, matched: rows.length };
      const { rows: found, shown = DEFAULT_FIELDS, matched } = commands.reduce((state, run) => run(state), start);
      return { matched, results: found.map((row) => only(row, shown)) };
    },
  };
}

function readCommand(reader: TokenReader): Command {
  const name = reader.takeKind('name').toLowerCase();
  switch (name) {
    case 'fields':
    case 'display': {
      const fields = reader.list(() => reader.takeKind('name'));
      return (state) => ({ ...state, shown: name === 'fields' ? [...(state.shown ?? []), ...fields] : fields });
    }
    case 'filter': {
      const holds = readCondition(reader);
      return (state) => {
        const rows = state.rows.filter(holds);
        return { ...state, rows, matched: rows.length };
      };
    }
    case 'stats': {
      const { fields, group } = readStats(reader);
      return (state) => ({ ...state, rows: group(state.rows), shown: fields });
    }
    case 'sort': {
      const orders = reader.list(() => readOrder(reader));
      return (state) => ({ ...state, rows: state.rows.toSorted(byAll(orders)) });
    }
    case 'limit': {
      const limit = Number(reader.takeKind('number'));
      if (!Number.isInteger(limit) || limit < 1 || limit > MAX_RESULTS) throw malformed(`limit ${limit} is not valid`);
      return (state) => ({ ...state, rows: state.rows.slice(0, limit) });
    }
    default:
      throw malformed(`the local cloud does not run the command ${name} of Logs Insights`);
  }
}

interface Order {
  field: string;
  descending: boolean;
}

function readOrder(reader: TokenReader): Order {
  const field = reader.takeKind('name');
  const descending = reader.takeIf('desc');
  if (!descending) reader.takeIf('asc');
  return { field, descending };
}

const byAll =
  (orders: readonly Order[]) =>
  (a: Row, b: Row): number => {
    for (const { field, descending } of orders) {
      const order = compareValues(a.get(field) ?? '', b.get(field) ?? '');
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };

function compareValues(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (a !== '' && b !== '' && !Number.isNaN(difference)) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The shown fields that the row has, and where its event can be found again. */
const only = (row: Row, fields: readonly string[]): Row =>
  new Map([...new Set([...fields, '@ptr'])].flatMap((name) => (row.has(name) ? [[name, row.get(name) ?? '']] : [])));
