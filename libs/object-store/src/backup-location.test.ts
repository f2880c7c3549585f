import fc from 'fast-check';
import { backupPrefix, newBackupId } from './backup-location.ts';

describe('newBackupId', () => {
  it('is the UTC time to the second and four random bytes', () => {
    const id = newBackupId(new Date('2026-11-22T02:15:30.999Z'), () => Buffer.from('9f86d081', 'hex'));
    expect(id).toBe('20261122T021530Z-9f86d081');
  });

  it('differs within one second', () => {
    const now = new Date('2026-11-22T02:15:30Z');
    expect(newBackupId(now)).not.toBe(newBackupId(now));
  });

  it('sorts by time', () => {
    const date = fc.date({ min: new Date('2000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (a, b) => {
        fc.pre(Math.floor(a.getTime() / 1000) < Math.floor(b.getTime() / 1000));
        expect(newBackupId(a) < newBackupId(b)).toBe(true);
      }),
    );
  });
});

describe('backupPrefix', () => {
  const backup = { s3Path: 'backups', dbName: 'classicmodels', dbEnv: 'demo', backupId: 'id' };

  it('is path, database, environment and backup', () => {
    expect(backupPrefix(backup)).toBe('backups/classicmodels/demo/id');
  });

  it('has the level "direct" for a database without an environment', () => {
    expect(backupPrefix({ ...backup, dbEnv: undefined })).toBe('backups/classicmodels/direct/id');
  });

  it.each(['', '/', '//'])('starts with the database when the path is %j', (s3Path) => {
    expect(backupPrefix({ ...backup, s3Path })).toBe('classicmodels/demo/id');
  });

  it('has no empty level, however many slashes the path has', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[/a-c]*$/), (s3Path) => {
        expect(backupPrefix({ ...backup, s3Path })).toMatch(/^([a-c]+\/)*classicmodels\/demo\/id$/);
      }),
    );
  });
});
