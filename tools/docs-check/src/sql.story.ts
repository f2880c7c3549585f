import { DATABASE_FLAVORS } from '@serverless-ops/test-servers';
import { sqlStatements } from './sql-statements.ts';
import { readWorkspacePages } from './workspace-pages.ts';

const blocks = readWorkspacePages().flatMap(({ path, blocks }) =>
  blocks.filter(({ language }) => language === 'sql').map(({ text, line }) => ({ where: `${path}:${line}`, text })),
);

describe('the SQL blocks of the pages', () => {
  it('are found', () => {
    expect(blocks.map(({ where }) => where.split(':')[0])).toContain('docs/backup.md');
  });

  DATABASE_FLAVORS.forEach(({ flavor, start, isAvailable }) => {
    (isAvailable() ? it : it.skip)(`can be run on ${flavor}`, async () => {
      await using server = await start();
      const failed: string[] = [];

      for (const { where, text } of blocks) {
        for (const statement of sqlStatements(text, server.flavor)) {
          await server
            .query(statement)
            .catch((error: unknown) => failed.push(`${where}: ${statement}: ${String(error)}`));
        }
      }

      expect(failed).toEqual([]);
    });
  });
});
