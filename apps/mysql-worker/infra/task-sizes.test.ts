import { sizeOfFamily, sizeOfJob } from './task-sizes.ts';
import { parseSettings } from '@serverless-ops/settings';

const worker = (keys = ''): ReturnType<typeof parseSettings>['mysqlWorker'] =>
  parseSettings(`tasks: { fargate: { mysql_worker: { ${keys} } } }`).mysqlWorker;

describe('the task of a job', () => {
  it('is of the default size of its kind', () => {
    expect(sizeOfJob(worker(), 'db_backup')).toEqual({ cpu: 1024, memoryMib: 2048, timeoutHours: 6 });
  });

  it('is of the size that the settings give to all jobs, as far as they say it', () => {
    expect(sizeOfJob(worker('memory_mib: 4096'), 'db_backup')).toEqual({ cpu: 1024, memoryMib: 4096, timeoutHours: 6 });
  });

  it('is of its own size in the settings before that of all jobs', () => {
    const settings = worker('memory_mib: 4096, jobs: { db_backup: { memory_mib: 8192, timeout_hours: 12 } }');

    expect(sizeOfJob(settings, 'db_backup')).toEqual({ cpu: 1024, memoryMib: 8192, timeoutHours: 12 });
    expect(sizeOfJob(settings, 'run_script')).toEqual({ cpu: 1024, memoryMib: 4096, timeoutHours: 6 });
  });
});

describe('the task definition of a purpose', () => {
  it.each(['backup', 'restore', 'script'] as const)(
    'is of the size of all jobs, whatever one has of its own: %s',
    (purpose) => {
      const settings = worker('memory_mib: 4096, jobs: { db_backup: { cpu: 2048 } }');

      expect(sizeOfFamily(settings, purpose)).toMatchObject({ cpu: 1024, memoryMib: 4096 });
    },
  );
});
