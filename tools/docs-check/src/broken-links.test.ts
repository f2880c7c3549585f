import { brokenLinks } from './broken-links.ts';
import { readPage } from './page.ts';

const FILES = ['docs/api.md', 'docs/backup.md', 'settings.yml'];
const api = readPage('docs/api.md', '# Errors\n');

function check(text: string): string[] {
  const page = readPage('docs/backup.md', text);
  return brokenLinks(page, { pages: [api, page], exists: (path) => FILES.includes(path) });
}

describe('a link', () => {
  it.each([
    '[a](api.md)',
    '[a](api.md#errors)',
    '[a](../settings.yml)',
    '# Here\n\n[a](#here)',
    '[a](https://example.org/#x)',
  ])('is well: %j', (text) => {
    expect(check(text)).toEqual([]);
  });

  it.each([
    ['[a](none.md)', 'docs/backup.md:1: "none.md" leads to docs/none.md, which does not exist.'],
    ['\n\n[a](api.md#error)', 'docs/backup.md:3: "api.md#error" leads to a heading that docs/api.md does not have.'],
    ['[a](#here)', 'docs/backup.md:1: "#here" leads to a heading that docs/backup.md does not have.'],
    ['[a](../../x.md)', 'docs/backup.md:1: "../../x.md" leads out of the workspace.'],
    ['[a](../settings.yml#x)', 'docs/backup.md:1: "../settings.yml#x" has an anchor, but settings.yml is no page.'],
  ])('is broken: %j', (text, problem) => {
    expect(check(text)).toEqual([problem]);
  });
});
