import * as z from 'zod';
import { backupReferenceShape } from './backup-reference.ts';

const schema = z.strictObject(backupReferenceShape);

describe('a reference to a backup', () => {
  it('is the newest one without a word', () => {
    expect(schema.parse({})).toEqual({ backup_id: 'latest' });
  });

  it.each(['latest', '20261122T021530Z-9f86d081'])('can be %s', (backup_id) => {
    expect(schema.parse({ backup_id })).toEqual({ backup_id });
  });

  it.each(['newest', '20261122T021530Z', '../other/20261122T021530Z-9f86d081', '20261122T021530Z-9F86D081', ''])(
    'cannot be %j',
    (backup_id) => {
      expect(schema.safeParse({ backup_id }).success).toBe(false);
    },
  );
});
