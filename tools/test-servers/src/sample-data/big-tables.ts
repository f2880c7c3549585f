import type { RandomNumbers } from './random-numbers.ts';

/** One table of the big database: `id` from 1, then these columns. */
export interface BigTable {
  readonly name: string;
  /** Name to definition. */
  readonly columns: Readonly<Record<string, string>>;
  /** Its part of the database, by bytes of dump text. */
  readonly share: number;
  /** What a row takes in a dump, on average; measured. */
  readonly bytesPerRow: number;
  /** Values of the columns of one row. */
  row(random: RandomNumbers): unknown[];
}

const WORDS =
  'account address agreed amount and at balance box by call carrier changed city confirm contact customer date delay ' +
  'delivered discount email express for from goods has in invoice is it late line missing month new no not number of ' +
  'office on open order paid parcel pending phone please price quantity received refund request return says sent ' +
  'shipment since stock supplier terms that the to total tracking until update urgent warehouse we week with yesterday';

const VOCABULARY = WORDS.split(' ');

function words(random: RandomNumbers, count: number): string {
  return Array.from({ length: count }, () => VOCABULARY[random(VOCABULARY.length)]).join(' ');
}

/** A mix as business databases have it: mostly text, then short rows of numbers, then binary. */
export const BIG_TABLES: readonly BigTable[] = [
  {
    name: 'tickets',
    columns: {
      subject: 'VARCHAR(200) NOT NULL',
      body: 'TEXT NOT NULL',
      customer: 'INT NOT NULL',
      opened_at: 'DATETIME NOT NULL',
    },
    share: 0.6,
    bytesPerRow: 690,
    row: (random) => [
      words(random, 6),
      words(random, 40 + random(120)),
      random(90_000),
      new Date(random(2 ** 31) * 700),
    ],
  },
  {
    name: 'measurements',
    columns: {
      sensor: 'INT NOT NULL',
      taken_at: 'DATETIME NOT NULL',
      reading: 'DECIMAL(14, 4) NOT NULL',
      deviation: 'DOUBLE',
    },
    share: 0.3,
    bytesPerRow: 61,
    row: (random) => [
      random(5000),
      new Date(random(2 ** 31) * 700),
      random(100_000_000) / 10_000,
      random(4) === 0 ? null : random(1_000_000) / 7e5,
    ],
  },
  {
    name: 'thumbnails',
    columns: { media_type: 'VARCHAR(40) NOT NULL', picture: 'BLOB NOT NULL' },
    share: 0.1,
    bytesPerRow: 1625,
    row: (random) => ['image/webp', Buffer.from(Array.from({ length: 400 + random(800) }, () => random(256)))],
  },
];
