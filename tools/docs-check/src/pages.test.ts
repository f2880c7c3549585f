import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { brokenLinks } from './broken-links.ts';
import { wrongCommands } from './named-commands.ts';
import { readWorkspaceCommands } from './workspace-commands.ts';
import { readWorkspacePages, WORKSPACE_ROOT } from './workspace-pages.ts';

const pages = readWorkspacePages();

describe('the pages of the workspace', () => {
  it('are found', () => {
    const paths = pages.map(({ path }) => path);

    expect(paths).toEqual(expect.arrayContaining(['README.md', 'docs/deploy.md', 'libs/names/README.md']));
  });

  it('link to files and headings that exist', () => {
    const broken = pages.flatMap((page) =>
      brokenLinks(page, { pages, exists: (path) => existsSync(join(WORKSPACE_ROOT, path)) }),
    );

    expect(broken).toEqual([]);
  });

  it('type nx as a reader can, and name only targets and scripts that exist', async () => {
    const workspace = await readWorkspaceCommands(WORKSPACE_ROOT);

    const wrong = pages.flatMap((page) => wrongCommands(page, workspace));

    expect(wrong).toEqual([]);
  });
});
