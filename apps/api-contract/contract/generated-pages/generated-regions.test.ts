import { withGeneratedRegions } from './generated-regions.ts';

const page = 'before\n\n<!-- generated: jobs -->\n\nold\n\n<!-- end of generated -->\n\nafter\n';

describe('a page with a generated region', () => {
  it('gets new text between its marks, and stays as it is elsewhere', () => {
    expect(withGeneratedRegions(page, { jobs: 'new $1' })).toBe(
      'before\n\n<!-- generated: jobs -->\n\nnew $1\n\n<!-- end of generated -->\n\nafter\n',
    );
  });

  it('is refused when it lacks a region, or has one too many', () => {
    expect(() => withGeneratedRegions(page, { jobs: '', errors: '' })).toThrow('The page has no region "errors".');
    expect(() => withGeneratedRegions(page, {})).toThrow('Nothing is generated for the region "jobs".');
  });
});
