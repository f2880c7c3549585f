/** Statements that make table `numbers` with the whole numbers from 1 to at least `limit` in column `n`. */
export function fillNumbers(limit: number): string[] {
  const statements = ['CREATE TABLE numbers (n INT UNSIGNED NOT NULL PRIMARY KEY)', 'INSERT INTO numbers VALUES (1)'];
  for (let size = 1; size < limit; size *= 2) statements.push(`INSERT INTO numbers SELECT n + ${size} FROM numbers`);
  return statements;
}
