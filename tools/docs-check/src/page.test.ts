import { readPage } from './page.ts';

const FENCE = '```';

describe('a page', () => {
  it('gives its blocks with language, text and line', () => {
    const page = readPage(
      'a.md',
      `# A\n\n${FENCE}sh\nls\npwd\n${FENCE}\n\n- item:\n\n  ${FENCE}json\n  {}\n  ${FENCE}\n`,
    );

    expect(page.blocks).toEqual([
      { language: 'sh', text: 'ls\npwd\n', line: 3 },
      { language: 'json', text: '{}\n', line: 10 },
    ]);
  });

  it('gives a block the mark in the comment right before it, and no other', () => {
    const text = `<!-- needs: account -->\n\n${FENCE}sh\nls\n${FENCE}\n\n<!-- run by: a.ts -->\n\nText.\n\n${FENCE}sh\nls\n${FENCE}\n\n<!-- a remark -->\n${FENCE}sh\nls\n${FENCE}\n`;

    const marks = readPage('a.md', text).blocks.map(({ mark }) => mark);

    expect(marks).toEqual([{ kind: 'needs', value: 'account' }, undefined, undefined]);
  });

  it('gives links, pictures and code of its text, in tables too', () => {
    const page = readPage('a.md', 'See [b](b.md#c).\n\n![d](d.png)\n\n| x |\n| - |\n| `nx test` and [e](e.md) |\n');

    expect(page.links).toEqual([
      { text: 'b.md#c', line: 1 },
      { text: 'd.png', line: 3 },
      { text: 'e.md', line: 7 },
    ]);
    expect(page.inlineCode).toEqual([{ text: 'nx test', line: 7 }]);
  });

  it('gives the anchors that GitHub makes of its headings', () => {
    const page = readPage(
      'a.md',
      '# Order a job: `POST /jobs`\n\n## What it costs\n\n## What it costs\n\n### Größe, 100 %\n',
    );

    expect([...page.anchors]).toEqual(['order-a-job-post-jobs', 'what-it-costs', 'what-it-costs-1', 'größe-100-']);
  });
});
