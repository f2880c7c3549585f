import { synthesizedStacks } from '../assembly/synthesized-stacks.ts';
import { secretFiles } from './secret-files.ts';
import { secretProperties } from './secret-properties.ts';

const stacks = synthesizedStacks();

describe('no secret', () => {
  it('is in a template, or has a place in one', () => {
    expect(stacks.flatMap(secretProperties)).toEqual([]);
  });

  it.each(stacks.map(({ app, assemblyFolder }) => [app, assemblyFolder]))(
    'is in anything that is uploaded for %s',
    (app, assemblyFolder) => {
      const { findings, fileCount } = secretFiles(app, assemblyFolder);
      expect(findings).toEqual([]);
      expect(fileCount).toBeGreaterThan(3);
    },
  );
});
