import { addEntry } from './add-entry.ts';

const added = { imported: 'b', from: './kinds/b.ts', constant: 'ALL', entry: 'b' };

describe('an entry', () => {
  it('is added at the end of a list, and its import after the last one of the folder', () => {
    const source = "import { a } from './kinds/a.ts';\nimport { z } from './z.ts';\n\nconst ALL = [a] as const;\n";

    expect(addEntry(source, added)).toBe(
      "import { a } from './kinds/a.ts';\nimport { b } from './kinds/b.ts';\nimport { z } from './z.ts';\n\n" +
        'const ALL = [a, b] as const;\n',
    );
  });

  it('is added at the end of a table, before a comma that is there', () => {
    const source = "import { a } from './kinds/a.ts';\nconst ALL: Table = {\n  a,\n};\n";

    expect(addEntry(source, added)).toBe(
      "import { a } from './kinds/a.ts';\nimport { b } from './kinds/b.ts';\nconst ALL: Table = {\n  a, b,\n};\n",
    );
  });

  it.each([
    "import { a } from './kinds/a.ts';\nconst SOME = [a];",
    "import { a } from './kinds/a.ts';\nconst ALL = a;",
    "import { a } from './a.ts';\nconst ALL = [a];",
  ])('is refused where there is no such list or table: %j', (source) => {
    expect(() => addEntry(source, added)).toThrow('There is no list or table ALL of what is in ./kinds to add b to.');
  });
});
