import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '@serverless-ops/settings';
import { CfnResource, Stack } from 'aws-cdk-lib';
import { synthesize } from './index.ts';

let folder: string;
let file: string;
let printed: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthesize-'));
  file = join(folder, 'settings.yml');
  printed = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

describe('synthesize', () => {
  it('makes the stack from the settings', () => {
    writeFileSync(file, 'global: { name_prefix: ops }');
    const made: Settings[] = [];

    synthesize(file, (_app, settings) => made.push(settings));

    expect(made.map(({ namePrefix }) => namePrefix)).toEqual(['ops']);
    expect(printed).toEqual([]);
    expect(process.exitCode).toBeUndefined();
  });

  it('prints every mistake in the settings once, without a stack trace, and ends with 1', () => {
    writeFileSync(file, 'global:\n  name_prefix: Ops\nlogs:\n  retention_days: 8\n');
    const makeStack = jest.fn();

    synthesize(file, makeStack);

    expect(makeStack).not.toHaveBeenCalled();
    expect(process.exitCode).toBe(1);
    const lines = printed.join('').trimEnd().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/settings\.yml cannot be used\. 2 to correct:$/),
      expect.stringMatching(/^ {2}line 2, global\.name_prefix: found "Ops"; allowed: /),
      expect.stringMatching(/^ {2}line 4, logs\.retention_days: found 8; allowed: /),
    ]);
  });

  it('ends before CDK synthesizes what AWS does not take, and says so', () => {
    writeFileSync(file, '');
    const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);

    synthesize(file, (app) => {
      const stack = new Stack(app, 'Foundation');
      for (let n = 0; n < 501; n++) new CfnResource(stack, `Parameter${n}`, { type: 'AWS::SSM::Parameter' });
    });

    expect(exit).toHaveBeenCalledWith(1);
    expect(printed.join('')).toMatch(/^The stack Foundation has 501 resources, and CloudFormation takes 500\. .*\n$/);
  });

  it('knows the jobs that the caller names', () => {
    writeFileSync(file, 'tasks: { fargate: { mysql_worker: { jobs: { db_backupp: { cpu: 1024 } } } } }');

    synthesize(file, () => undefined, { workerJobs: { db_backup: { cpu: 1024, memoryMib: 2048 } } });

    expect(printed.join('')).toContain("one of the worker's jobs: db_backup");
  });

  it('leaves what is no mistake of the reader to the caller', () => {
    writeFileSync(file, '');
    const fault = new Error('A construct is wrong.');

    expect(() =>
      synthesize(file, () => {
        throw fault;
      }),
    ).toThrow(fault);
    expect(process.exitCode).toBeUndefined();
  });
});
