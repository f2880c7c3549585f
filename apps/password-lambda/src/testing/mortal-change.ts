import { AsyncLocalStorage } from 'node:async_hooks';
import { writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { ScriptedParameterStore } from '@serverless-ops/test-servers';
import { perform } from './change-bench.ts';
import { watchWireSteps } from './wire-steps.ts';

/** A change that is asked of the process, on its standard input: of an account and a Parameter Store of its own. */
export interface MortalChange {
  readonly request: unknown;
  readonly clientConfig: ScriptedParameterStore['clientConfig'];
  /** The step that is never taken, counted from 0; one after the last: the change gets to its end. */
  readonly dieBefore: number;
}

/** One change while it is under way: what it has sent, and what happens when its step comes. */
interface Life {
  readonly steps: string[];
  readonly dieBefore: number;
  readonly die: () => void;
}

/**
 * Performs changes, one after the other. Each hangs at its step from then on, and sends nothing any more: as far as
 * anybody outside can tell, it is dead. In the end the process is killed, and every connection breaks off at once. One
 * process for all steps, because starting it is what takes time. Prints the steps of each change before.
 */
const changes = JSON.parse(await text(process.stdin)) as MortalChange[];
const present = new AsyncLocalStorage<Life>();
watchWireSteps((label) => {
  const life = present.getStore();
  if (life === undefined) throw new Error(`The step ${label} belongs to no known part.`);
  if (life.steps.length === life.dieBefore) {
    life.die();
    return false;
  }
  life.steps.push(label);
  return true;
});

const taken: string[][] = [];
for (const { request, clientConfig, dieBefore } of changes) {
  const steps: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const live = (): Promise<unknown> => perform(request, { clientConfig } as ScriptedParameterStore);
    present.run({ steps, dieBefore, die: resolve }, () => void live().then(() => resolve(), reject));
  });
  taken.push(steps);
}
writeSync(1, JSON.stringify(taken));
process.kill(process.pid, 'SIGKILL');
