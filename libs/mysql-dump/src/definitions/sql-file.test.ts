import { sqlFile } from './sql-file.ts';
import { statement, type Statement } from './statement.ts';

async function textOf(statements: Statement[], delimiter?: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const { sql } of sqlFile(statements, delimiter)) parts.push(sql);
  return Buffer.concat(parts).toString();
}

test('puts the delimiter on a line of its own, first and last line set it', async () => {
  const text = await textOf([statement('SELECT 1 -- the end')], ';;x');

  expect(text.split('\n').slice(0, 1)).toEqual(['DELIMITER ;;x']);
  expect(text).toMatch(/\nSELECT 1 -- the end\n;;x\nDELIMITER ;\n$/);
});

test('takes another delimiter for each file, of at most the 15 characters that clients keep', async () => {
  const [one, other] = [await textOf([]), await textOf([])].map((text) => text.split('\n')[0]);

  expect(one).toMatch(/^DELIMITER \S{1,15}$/);
  expect(one).not.toBe(other);
});

test('refuses a statement that holds the delimiter', async () => {
  await expect(textOf([statement("SELECT ';;x'")], ';;x')).rejects.toThrow('Order the job again');
});

test('tells clients to read a statement in its character set where that matters', async () => {
  const text = await textOf([{ sql: Buffer.from('SELECT 1'), clientCharacterSet: 'sjis' }], ';;x');

  expect(text).toContain('\n\\C sjis\nSELECT 1\n;;x\n\\C utf8mb4\n');
});
