import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brokenLinks } from './broken-links.ts';
import { wrongCommands } from './named-commands.ts';
import { planBlock } from './plan-block.ts';
import { unlistedPages } from './unlisted-pages.ts';
import { readWorkspaceCommands } from './workspace-commands.ts';
import { readWorkspacePages, WORKSPACE_ROOT } from './workspace-pages.ts';

const pages = readWorkspacePages();
const exists = (path: string): boolean => existsSync(join(WORKSPACE_ROOT, path));

describe('the pages of the workspace', () => {
  it('are found', () => {
    const paths = pages.map(({ path }) => path);

    expect(paths).toEqual(expect.arrayContaining(['README.md', 'docs/deploy.md', 'libs/names/README.md']));
  });

  it('link to files and headings that exist', () => {
    const broken = pages.flatMap((page) => brokenLinks(page, { pages, exists }));

    expect(broken).toEqual([]);
  });

  it('are all in the index of the documentation, decisions included', () => {
    expect(unlistedPages('docs/README.md', pages)).toEqual([]);
  });

  it('have a README for each package', () => {
    const packages = globSync('{apps,libs,tools}/*/package.json', { cwd: WORKSPACE_ROOT }).map((path) => dirname(path));

    expect(packages).toContain('libs/names');
    expect(packages.filter((folder) => !exists(join(folder, 'README.md')))).toEqual([]);
  });

  it('type nx as a reader can, and name only targets and scripts that exist', async () => {
    const workspace = await readWorkspaceCommands(WORKSPACE_ROOT);

    const wrong = pages.flatMap((page) => wrongCommands(page, workspace));

    expect(wrong).toEqual([]);
  });

  it('mark each shell block that cannot be run here, and no other', () => {
    const refused = pages.flatMap(({ path, blocks }) =>
      blocks.flatMap((block) => {
        const plan = planBlock(block, exists);
        return plan.action === 'refuse' ? [`${path}:${block.line}: ${plan.problem}`] : [];
      }),
    );

    expect(refused).toEqual([]);
  });
});
