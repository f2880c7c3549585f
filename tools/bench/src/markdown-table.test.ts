import { markdownTable } from './markdown-table.ts';

describe('markdownTable', () => {
  it('lines its columns up', () => {
    const rows = [
      ['way', 'median'],
      ['pipe', '9.0 s'],
      ['dump, tar', '60 s'],
    ];
    expect(markdownTable(rows)).toBe(
      [
        '| way       | median |', //
        '| --------- | ------ |',
        '| pipe      | 9.0 s  |',
        '| dump, tar | 60 s   |',
      ].join('\n'),
    );
  });
});
