import { readPage } from './page.ts';
import { unlistedPages } from './unlisted-pages.ts';

const index = readPage('docs/README.md', '[a](api.md#errors)\n\n[b](decisions/0001-b.md), [other](../README.md)\n');
const page = (path: string) => readPage(path, '# A page\n');

describe('an index of pages', () => {
  it('lists each page of its folder and of the folders below', () => {
    const pages = [
      index,
      page('docs/api.md'),
      page('docs/decisions/0001-b.md'),
      page('README.md'),
      page('libs/a/README.md'),
    ];

    expect(unlistedPages('docs/README.md', pages)).toEqual([]);
  });

  it('is wrong when a page has no link', () => {
    const pages = [index, page('docs/api.md'), page('docs/new.md'), page('docs/decisions/0002-c.md')];

    expect(unlistedPages('docs/README.md', pages)).toEqual(['docs/new.md', 'docs/decisions/0002-c.md']);
  });
});
