import { escape } from 'mysql2';
import {
  COMPANY_ENDINGS,
  COUNTRIES,
  FAMILY_NAMES,
  GIVEN_NAMES,
  PATHS,
  pick,
  PRODUCT_KINDS,
  PRODUCT_LINES,
  pseudoRandom,
  REFERRERS,
  REMARKS,
} from './sample-words.ts';

const OFFICES = ['DUB', 'BER', 'MAD', 'KBP', 'ATH', 'PEK', 'TYO', 'CAI', 'TLV', 'DEL'];
const EMPLOYEES = 50;

/** The largest of the tables that have the same rows at every size. */
export const MOST_FIXED_ROWS = EMPLOYEES;

const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join('');

/** Rows of each table whose number follows from the size asked for; together they are about `rows`. */
function rowCounts(rows: number) {
  const share = (part: number, atLeast: number): number => Math.max(atLeast, Math.round(rows * part));
  const orders = share(0.2, 20);
  return {
    products: share(0.005, 10),
    customers: share(0.05, 10),
    orders,
    order_details: orders * LINES_PER_ORDER,
    payments: share(0.08, 10),
    documents: share(0.005, 5),
    page_views: share(0.06, 20),
  };
}

const LINES_PER_ORDER = 3;

/** Statements that fill the sample tables; they read the whole numbers from 1 in table `numbers`. */
export function sampleRows(rows: number): string[] {
  const count = rowCounts(rows);
  const upTo = (limit: number): string => `FROM numbers WHERE n <= ${limit}`;
  const nullable = (salt: string, sql: string): string => `IF(${pseudoRandom(salt, 5)} = 0, NULL, ${sql})`;
  return [
    `INSERT INTO offices SELECT ${pickInTurn(OFFICES)}, CONCAT('City ', n), ${pickInTurn(COUNTRIES)},
       JSON_OBJECT('opens', 8 + n MOD 3, 'note', CONCAT('☕ ', n), 'closed', JSON_ARRAY('sunday', NULL))
     ${upTo(OFFICES.length)}`,
    `INSERT INTO employees SELECT n, ${pick('given', GIVEN_NAMES)}, ${pick('family', FAMILY_NAMES)},
       CONCAT('employee', n, '@example.com'), ${pick('office', OFFICES)},
       IF(n = 1, NULL, 1 + n DIV 8), DATE '2015-01-01' + INTERVAL ${pseudoRandom('hired', 4000)} DAY
     ${upTo(EMPLOYEES)}`,
    `INSERT INTO product_lines SELECT ${pickInTurn(PRODUCT_LINES)}, REPEAT(CONCAT('Scale models, ', n, '. '), 20),
       IF(n = 1, NULL, UNHEX(REPEAT('${ALL_BYTES}', n)))
     ${upTo(PRODUCT_LINES.length)}`,
    `INSERT INTO products (product_code, product_name, product_line, attributes, quantity_in_stock, buy_price, list_price)
     SELECT CONCAT('S', n), CONCAT(1900 + ${pseudoRandom('year', 120)}, ' ', ${pick('kind', PRODUCT_KINDS)}),
       ${pick('line', PRODUCT_LINES)},
       JSON_OBJECT('scale', CONCAT('1:', 10 + ${pseudoRandom('scale', 90)}), 'weight', ${pseudoRandom('weight', 9999)} / 8e0,
         'tags', JSON_ARRAY(${pick('tag', REMARKS)}, NULL, TRUE)),
       ${pseudoRandom('stock', 30_000)}, ${pseudoRandom('buy', 900_000)} / 100, ${pseudoRandom('list', 1_800_000)} / 100
     ${upTo(count.products)}`,
    `INSERT INTO customers SELECT n,
       CONCAT(${pick('company', FAMILY_NAMES)}, ' ', ${pick('ending', COMPANY_ENDINGS)}),
       CONCAT(${pick('contact', GIVEN_NAMES)}, ' ', ${pick('contact family', FAMILY_NAMES)}),
       ${nullable('no phone', `CONCAT('+', ${pseudoRandom('phone', 4_000_000_000)})`)}, ${pick('country', COUNTRIES)},
       ${nullable('no credit', `${pseudoRandom('credit', 20_000_000)} / 100`)},
       ${nullable('no channel', `1 + ${pseudoRandom('channel', 4)}`)}, ${pseudoRandom('interests', 16)},
       ${pick('notes', REMARKS)}, ${nullable('no sales', `1 + ${pseudoRandom('sales', EMPLOYEES)}`)},
       TIMESTAMP '2018-01-01 00:00:00' + INTERVAL ${pseudoRandom('registered', 200_000_000)} SECOND
         + INTERVAL ${pseudoRandom('microseconds', 1_000_000)} MICROSECOND
     ${upTo(count.customers)}`,
    `INSERT INTO orders SELECT n, 1 + ${pseudoRandom('customer', count.customers)},
       DATE '2020-01-01' + INTERVAL n MOD 2000 DAY,
       ${nullable('not shipped', `DATE '2020-01-01' + INTERVAL n MOD 2000 + ${pseudoRandom('shipped', 20)} DAY`)},
       1 + ${pseudoRandom('status', 4)}, ${pick('comments', REMARKS)},
       TIMESTAMP '2020-01-01 00:00:00' + INTERVAL n MOD 2000 DAY + INTERVAL ${pseudoRandom('placed', 86_400)} SECOND
         + INTERVAL n MICROSECOND
     ${upTo(count.orders)}`,
    `INSERT INTO order_details
       (order_number, order_line_number, product_code, quantity_ordered, price_each, weight_kg)
     SELECT 1 + (n - 1) DIV ${LINES_PER_ORDER}, 1 + (n - 1) MOD ${LINES_PER_ORDER},
       CONCAT('S', 1 + ${pseudoRandom('product', count.products)}), 1 + ${pseudoRandom('quantity', 60)},
       ${pseudoRandom('price', 1_800_000)} / 100, ${nullable('no weight', `${pseudoRandom('kg', 1_000_000)} / 7e3`)}
     ${upTo(count.order_details)}`,
    `INSERT INTO payments SELECT 1 + ${pseudoRandom('payer', count.customers)}, CONCAT('CHECK-', n),
       DATE '2020-01-01' + INTERVAL ${pseudoRandom('paid', 2000)} DAY,
       CAST(${pseudoRandom('amount', 4_000_000_000)} AS DECIMAL(19, 4)) / 10000, n MOD 20 = 0, UNHEX(SHA2(n, 256))
     ${upTo(count.payments)}`,
    `INSERT INTO documents SELECT n, CONCAT('Certificate ', n),
       CONCAT(UNHEX('${ALL_BYTES}'), REPEAT(UNHEX(SHA2(n, 512)), ${pseudoRandom('length', 120)})),
       SEC_TO_TIME(${pseudoRandom('reading', 3_000_000)} / 1000), 1990 + ${pseudoRandom('edition', 36)}
     ${upTo(count.documents)}`,
    `INSERT INTO page_views SELECT TIMESTAMP '2026-01-01 00:00:00' + INTERVAL ${pseudoRandom('viewed', 600)} MINUTE,
       ${pick('path', PATHS)}, ${pick('referrer', REFERRERS)}
     ${upTo(count.page_views)}`,
  ];
}

/** Each word once, by column `n` from 1. */
function pickInTurn(words: readonly string[]): string {
  return `ELT(n, ${words.map((word) => escape(word)).join(', ')})`;
}
