import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadSettings } from '@serverless-ops/settings';
import { demandFailure } from './demand-failure.ts';
import { Installation } from './installation.ts';
import { JobWatch } from './job-watch.ts';
import type { CodeBlock, Page } from './page.ts';
import { namedAsInstalled } from './named-as-installed.ts';
import { planBlock, type BlockPlan } from './plan-block.ts';
import { ReaderTerminal } from './reader-terminal.ts';
import { setScene } from './scene.ts';
import { readWorkspacePages, WORKSPACE_ROOT } from './workspace-pages.ts';

const isThere = (file: string): boolean => existsSync(join(WORKSPACE_ROOT, file));
const plan = (block: CodeBlock): BlockPlan => planBlock(block, isThere);
const runs = (block: CodeBlock): boolean => plan(block).action.startsWith('run');

const pages = readWorkspacePages();
const settings = loadSettings(join(WORKSPACE_ROOT, 'settings.yml'));

let installation: Installation;
let jobs: JobWatch;

beforeAll(async () => {
  installation = await Installation.open();
  jobs = new JobWatch(installation);
});
afterAll(() => installation.close());

/** Pastes the blocks of a page into one terminal, up to the first that does not work; gives what went wrong. */
async function follow({ path, blocks }: Page): Promise<string[]> {
  const answers = await setScene(path, installation, settings);
  const { checkout: folder, environment } = installation;
  const terminal = new ReaderTerminal({ folder, environment, answers });
  try {
    for (const block of blocks.filter(runs)) {
      const mustFail = plan(block).action === 'run and demand failure';
      const text = namedAsInstalled(block.text, settings);
      const screen = await terminal.paste(mustFail ? demandFailure(text) : text);
      const problems = screen === undefined ? await jobs.problems() : [screen];
      if (problems.length > 0) return [`${path}:${block.line}`, ...problems];
    }
    return [];
  } finally {
    await terminal.close();
  }
}

describe('the shell blocks of the pages', () => {
  it.each(pages.filter(({ blocks }) => blocks.some(runs)))('of $path work, one after the other', async (page) => {
    expect(await follow(page)).toEqual([]);
  });
});
