import fc from 'fast-check';
import type { DatabaseServer } from '../databases/database-server.ts';
import type { RandomColumn } from './random-column.ts';
import { numericColumn } from './random-numeric-columns.ts';
import { textColumn } from './random-text-columns.ts';
import { timeColumn } from './random-time-columns.ts';

const COORDINATE = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));

const point = fc.tuple(COORDINATE, COORDINATE).map(([x, y]) => `${x} ${y}`);

/** Every type takes shapes of its own kind, GEOMETRY all. */
const SHAPES: Record<string, fc.Arbitrary<string>> = {
  POINT: point.map((at) => `POINT(${at})`),
  LINESTRING: fc.array(point, { minLength: 2, maxLength: 6 }).map((points) => `LINESTRING(${points.join(',')})`),
  MULTIPOINT: fc.array(point, { minLength: 1, maxLength: 4 }).map((points) => `MULTIPOINT(${points.join(',')})`),
  POLYGON: fc.integer({ min: 1, max: 99 }).map((size) => `POLYGON((0 0,0 ${size},${size} ${size},0 0))`),
  GEOMETRYCOLLECTION: point.map((at) => `GEOMETRYCOLLECTION(POINT(${at}),LINESTRING(0 0,${at}))`),
};

const shape = fc.constantFrom(...Object.keys(SHAPES), 'GEOMETRY').map((type): RandomColumn => ({
  type,
  value: fc
    .tuple(SHAPES[type] ?? fc.oneof(...Object.values(SHAPES)), fc.constantFrom(0, 3857))
    .map(([text, srid]) => `ST_GeomFromText('${text}', ${srid})`),
}));

const OF_MAKER: Record<DatabaseServer['flavor'], fc.Arbitrary<RandomColumn>> = {
  mysql: fc.constant({
    type: 'VECTOR(3)',
    value: fc
      .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 3 })
      .map((values) => `STRING_TO_VECTOR('[${values.join(',')}]')`),
  }),
  mariadb: fc.constantFrom<RandomColumn>(
    { type: 'INET6', value: fc.ipV6().map((address) => `'${address}'`), inKey: '' },
    { type: 'INET4', value: fc.ipV4().map((address) => `'${address}'`), inKey: '' },
    { type: 'UUID', value: fc.uuid().map((id) => `'${id}'`), inKey: '' },
  ),
};

/** A column of any type that the maker's server has. */
export function randomColumn(flavor: DatabaseServer['flavor']): fc.Arbitrary<RandomColumn> {
  return fc.oneof(
    { weight: 6, arbitrary: numericColumn },
    { weight: 3, arbitrary: timeColumn },
    { weight: 6, arbitrary: textColumn },
    { weight: 1, arbitrary: shape },
    { weight: 1, arbitrary: OF_MAKER[flavor] },
  );
}
