import type { Row } from './row.ts';
import type { TokenReader } from './token-reader.ts';
import { malformed } from './tokenize.ts';

interface Aggregate {
  name: string;
  of: (rows: readonly Row[]) => string | undefined;
}

/** What follows `stats`: `count(*)`, `sum`, `avg`, `min` and `max` of fields, perhaps `as` a name, perhaps `by` fields. */
export function readStats(reader: TokenReader): { fields: string[]; group: (rows: readonly Row[]) => Row[] } {
  const aggregates = reader.list(() => readAggregate(reader));
  const by = reader.takeIf('by') ? reader.list(() => reader.takeKind('name')) : [];
  return {
    fields: [...by, ...aggregates.map(({ name }) => name)],
    group: (rows) => {
      const groups = Map.groupBy(rows, (row) => JSON.stringify(by.map((field) => row.get(field) ?? null)));
      return [...groups.values()].map((members) => groupRow(members, by, aggregates));
    },
  };
}

function readAggregate(reader: TokenReader): Aggregate {
  const called = reader.takeKind('name');
  reader.expect('(');
  const field = reader.takeIf('*') ? undefined : reader.takeKind('name');
  reader.expect(')');
  const name = reader.takeIf('as') ? reader.takeKind('name') : `${called}(${field ?? '*'})`;
  if (called.toLowerCase() === 'count') {
    return {
      name,
      of: (rows) => String(field === undefined ? rows.length : rows.filter((row) => row.has(field)).length),
    };
  }
  const reduce = NUMERIC[called.toLowerCase()];
  if (!reduce || field === undefined) throw malformed(`the local cloud does not run ${called}(${field ?? '*'})`);
  return {
    name,
    of: (rows) => {
      const values = rows.map((row) => Number(row.get(field) ?? NaN)).filter((value) => !Number.isNaN(value));
      return values.length === 0 ? undefined : String(reduce(values));
    },
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const NUMERIC: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum,
  avg: (values) => sum(values) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
};

function groupRow(members: readonly Row[], by: readonly string[], aggregates: readonly Aggregate[]): Row {
  const keys = by.map((field): [string, string | undefined] => [field, members[0]?.get(field)]);
  const values = aggregates.map(({ name, of }): [string, string | undefined] => [name, of(members)]);
  return new Map([...keys, ...values].filter((pair): pair is [string, string] => pair[1] !== undefined));
}
