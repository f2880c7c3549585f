import { readFileSync } from 'node:fs';
import { MANIFEST_SCHEMA_FILE, manifestSchemaText } from './manifest-schema.ts';

describe('docs/backup-manifest.schema.json', () => {
  it('is what a backup is checked by; `node tools/docs-check/src/manifest-schema-main.ts` writes it', () => {
    expect(JSON.parse(readFileSync(MANIFEST_SCHEMA_FILE, 'utf8'))).toEqual(JSON.parse(manifestSchemaText()));
  });
});
