import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';
import { isOwnLogGroup } from './log-groups.ts';

/** Of the same version as the Node in package.json, which everything here is tested with. */
const RUNTIME = 'nodejs24.x';

/** Functions that run on something else than what they are tested with, or that share a log or a role. */
export function functionProblems(stack: SynthesizedStack): Finding[] {
  const functions = Object.entries(stack.template.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function');
  return functions.flatMap(([id, { Properties }]) => {
    const { Architectures, LoggingConfig, Role, Runtime } = Properties;
    const logGroup = logGroupOf(LoggingConfig);
    const others = functions.filter(([other]) => other !== id).map(([, other]) => other.Properties);
    const problems = [
      Runtime !== RUNTIME && `runs on ${String(Runtime)}`,
      JSON.stringify(Architectures) !== '["arm64"]' && `runs on ${JSON.stringify(Architectures ?? 'x86_64')}`,
      !isOwnLogGroup(stack, logGroup) && 'has no log group of its stack: Lambda would make one that stays for ever',
      others.some((other) => logGroupOf(other['LoggingConfig']) === logGroup) && 'shares its log group',
      others.some((other) => other['Role'] === Role) && 'shares its role',
    ];
    return problems.filter((what) => what !== false).map((what) => ({ where: whereIs(stack, id), what }));
  });
}

function logGroupOf(loggingConfig: unknown): unknown {
  return (loggingConfig as { LogGroup?: unknown } | undefined)?.LogGroup;
}
