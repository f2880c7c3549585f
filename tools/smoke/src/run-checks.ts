import { describeAwsProblem } from '@serverless-ops/aws-problem';
import type { Check } from './check.ts';
import { CheckFailedError, InterruptedError } from './errors.ts';
import type { Scene } from './scene.ts';

/**
 * Performs the checks one after the other, prints a line for each, and removes what they made, even after a failure or an
 * interruption.
 *
 * @returns whether everything is well
 */
export async function runChecks(
  checks: readonly Check[],
  scene: Scene,
  print: (line: string) => void,
): Promise<boolean> {
  let ok = 0;
  let failed = 0;
  for (const check of checks) {
    if (scene.signal.aborted) break;
    try {
      print(`ok      ${check.what} (${await check.perform(scene)})`);
      ok++;
    } catch (error) {
      if (error instanceof InterruptedError) break;
      failed++;
      // One line for each check, whatever a service answered.
      print(`FAILED  ${check.what}: ${describeFailure(error, check.actions).replaceAll(/\s+/g, ' ')}`);
      if (check.isRequired) break;
    }
  }
  const left = await scene.leftovers.removeAll();
  for (const { what, error } of left) {
    print(`FAILED  Remove ${what}: ${describeAwsProblem(error, 'remove it')} Remove it by hand.`);
  }
  const notChecked = checks.length - ok - failed;
  const ending = scene.signal.aborted ? 'Interrupted: ' : '';
  print(
    `\n${ending}${ok} ok, ${failed} failed, ${notChecked} not checked. ${left.length === 0 ? 'Nothing is left behind.' : ''}`.trimEnd(),
  );
  return failed === 0 && notChecked === 0 && left.length === 0;
}

function describeFailure(error: unknown, actions: readonly string[]): string {
  if (error instanceof CheckFailedError) return error.message;
  // Each service has a word of its own for it: AccessDenied, AccessDeniedException, AuthorizationError.
  if (error instanceof Error && /^(AccessDenied|AuthorizationError)/.test(error.name)) {
    return `Your credentials lack a right: ${error.message} This check needs ${actions.join(', ')}.`;
  }
  return describeAwsProblem(error, 'answer this check');
}
