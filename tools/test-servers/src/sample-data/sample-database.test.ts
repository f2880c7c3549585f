import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compareDatabases } from '../databases/compare-databases.ts';
import { DATABASE_FLAVORS } from '../databases/database-flavors.ts';
import type { DatabaseServer } from '../databases/database-server.ts';
import { mysqlClientFolder } from '../databases/mysql-packages.ts';
import { createSampleDatabase } from './sample-database.ts';

jest.setTimeout(60_000);

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`on ${flavor}, the sample database`, () => {
    let server: DatabaseServer;
    beforeAll(async () => {
      server = await start();
      await createSampleDatabase(server, { rows: 3000 });
    }, 120_000);
    afterAll(() => server.stop());

    test('has about as many rows as asked for, and one table without any', async () => {
      const counts = await server.query(
        `SELECT (SELECT COUNT(*) FROM customers) AS customers, (SELECT COUNT(*) FROM orders) AS orders,
              (SELECT COUNT(*) FROM order_details) AS order_details, (SELECT COUNT(*) FROM audit_log) AS audit_log`,
        'classicmodels',
      );

      expect(counts).toEqual([{ customers: 150, orders: 600, order_details: 1800, audit_log: 0 }]);
    });

    test('keeps its foreign keys', async () => {
      const [row] = await server.query(
        `SELECT (SELECT COUNT(*) FROM orders WHERE customer_number NOT IN (SELECT customer_number FROM customers))
            + (SELECT COUNT(*) FROM order_details WHERE product_code NOT IN (SELECT product_code FROM products))
            + (SELECT COUNT(*) FROM customers WHERE sales_representative NOT IN (SELECT employee_number FROM employees))
            + (SELECT COUNT(*) FROM employees WHERE reports_to NOT IN (SELECT employee_number FROM employees))
            AS dangling`,
        'classicmodels',
      );

      expect(row).toEqual({ dangling: 0 });
    });

    test.each(['🚚', 'Дмитрий', '有限公司', 'فاطمة', 'נועה', 'आरती'])('has text such as %s', async (text) => {
      const everything = await server.query(
        `SELECT COUNT(*) AS found FROM customers
       WHERE CONCAT_WS(' ', customer_name, contact_name, notes) LIKE '%${text}%' COLLATE utf8mb4_bin`,
        'classicmodels',
      );

      expect(everything).not.toEqual([{ found: 0 }]);
    });

    test('has every byte value in a binary column, and NULL in each that may be', async () => {
      const [row] = await server.query(
        `SELECT HEX(SUBSTRING(content, 1, 3)) AS start, HEX(SUBSTRING(content, 254, 3)) AS middle FROM documents LIMIT 1`,
        'classicmodels',
      );
      const [nulls] = await server.query(
        `SELECT COUNT(*) - COUNT(phone) > 0 AS phone, COUNT(*) - COUNT(credit_limit) > 0 AS credit,
              COUNT(*) - COUNT(preferred_channel) > 0 AS channel, COUNT(*) - COUNT(notes) > 0 AS notes
       FROM customers`,
        'classicmodels',
      );

      expect(row).toEqual({ start: '000102', middle: 'FDFEFF' });
      expect(nulls).toEqual({ phone: 1, credit: 1, channel: 1, notes: 1 });
    });

    test('has routines and a trigger that work', async () => {
      await createSampleDatabase(server, { name: 'used', rows: 100 });

      await server.query("CALL ship_order(1, '2026-11-22')", 'used');
      await server.query("INSERT INTO payments VALUES (1, 'NEW', '2026-11-22', 1, 0, REPEAT('x', 32))", 'used');
      const [row] = await server.query(
        `SELECT order_total(1) = (SELECT total FROM order_totals WHERE order_number = 1) AS same_total,
              (SELECT status FROM orders WHERE order_number = 1) AS status,
              (SELECT row_key FROM audit_log) AS row_key`,
        'used',
      );

      expect(row).toEqual({ same_total: 1, status: 'shipped', row_key: '1/NEW' });
    });

    test('is made the same again', async () => {
      await createSampleDatabase(server, { name: 'again', rows: 3000 });

      expect(await compareDatabases(server, 'classicmodels', 'again')).toMatchObject({ equal: true });
    });

    test("survives the client's own dump and restore", async () => {
      await server.query('CREATE DATABASE restored');

      const login = ['--host=127.0.0.1', `--port=${server.port}`, '--user=root', `--password=${server.rootPassword}`];
      const clients = server.flavor === 'mysql' ? mysqlClientFolder() : '';
      const run = (program: string, args: string[], input?: Buffer): Buffer =>
        execFileSync(join(clients, program), [...login, '--default-character-set=utf8mb4', ...args], {
          ...(input && { input }),
          stdio: ['pipe', 'pipe', 'ignore'],
          maxBuffer: 1e8,
        });
      const dump = run('mysqldump', ['--routines', '--events', '--hex-blob', 'classicmodels']);
      run('mysql', ['--comments', 'restored'], dump);

      const { objects, tables } = await compareDatabases(server, 'classicmodels', 'restored');
      expect([...objects, ...tables].filter(({ equal }) => !equal)).toEqual([]);
    });
  });
}
