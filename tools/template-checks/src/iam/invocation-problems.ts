import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';

/** Who may invoke a function: a service, for one of our resources. */
export function invocationProblems(stack: SynthesizedStack): Finding[] {
  return Object.entries(stack.template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Permission')
    .flatMap(([id, { Properties }]) => {
      const { Action, Principal, SourceAccount, SourceArn, FunctionUrlAuthType } = Properties;
      const problems = [
        Action !== 'lambda:InvokeFunction' && `allows ${String(Action)}`,
        !/^[a-z.-]+\.amazonaws\.com$/.test(String(Principal)) && `may be invoked by ${String(Principal)}`,
        SourceArn === undefined && SourceAccount === undefined && 'may be invoked for anybody: no SourceArn',
        FunctionUrlAuthType === 'NONE' && 'may be invoked by everybody through its URL',
      ];
      return problems.filter((what) => what !== false).map((what) => ({ where: whereIs(stack, id), what }));
    });
}
