import { text } from 'node:stream/consumers';
import { writeSync } from 'node:fs';
import type { FakeParameterStore } from './fake-parameter-store.ts';
import { perform } from './change-bench.ts';
import { watchWireSteps } from './wire-steps.ts';

/** What is asked of the process, on its standard input. */
export interface MortalChange {
  readonly request: unknown;
  readonly clientConfig: FakeParameterStore['clientConfig'];
  /** The step before which the process is killed, counted from 0; one after the last: when all is done. */
  readonly dieBefore: number;
}

/** Performs one change, and is killed on its way. Prints the steps when it was not. */
const { request, clientConfig, dieBefore } = JSON.parse(await text(process.stdin)) as MortalChange;
const steps: string[] = [];
watchWireSteps((label) => {
  if (steps.length === dieBefore) process.kill(process.pid, 'SIGKILL');
  steps.push(label);
});
const result = await perform(request, { clientConfig } as FakeParameterStore);
if (steps.length === dieBefore) process.kill(process.pid, 'SIGKILL');
writeSync(1, JSON.stringify({ steps, result }));
