import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';

/**
 * State machines whose executions can end without anybody noticing: no rule wakes a function when one of their executions
 * did not succeed. Express workflows send no such events; what starts one gets its end as the answer.
 */
export function unwatchedStateMachines(stacks: readonly SynthesizedStack[]): Finding[] {
  const patterns = stacks
    .flatMap(({ template }) => Object.values(template.Resources))
    .filter(({ Type }) => Type === 'AWS::Events::Rule')
    .map(({ Properties }) => JSON.stringify(Properties['EventPattern']))
    .filter((pattern) => pattern.includes('Step Functions Execution Status Change'));
  return stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources)
      .filter(([, { Type, Properties }]) => {
        if (Type !== 'AWS::StepFunctions::StateMachine' || Properties['StateMachineType'] === 'EXPRESS') return false;
        const name = String(Properties['StateMachineName']);
        return !patterns.some((pattern) => pattern.includes(`:stateMachine:${name}"`));
      })
      .map(([id]) => ({ where: whereIs(stack, id), what: 'is watched by no rule' })),
  );
}
