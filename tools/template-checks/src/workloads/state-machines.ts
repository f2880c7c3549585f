import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import type { Resource } from '../assembly/template.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';
import { isOwnLogGroup } from './log-groups.ts';
import { passedSecrets } from './passed-secrets.ts';

interface LoggingConfiguration {
  readonly Level?: string;
  readonly IncludeExecutionData?: boolean;
  readonly Destinations?: readonly { readonly CloudWatchLogsLogGroup?: { readonly LogGroupArn?: unknown } }[];
}

/**
 * State machines that say too little of what happened, or too much of what it happened with: every event is logged, but
 * never what states were given and gave. cdk-nag looks at the level only.
 */
export function stateMachineProblems(stack: SynthesizedStack): Finding[] {
  return Object.entries(stack.template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::StepFunctions::StateMachine')
    .flatMap(([id, resource]) =>
      [...loggingProblems(stack, resource), ...definitionProblems(resource)].map((what) => ({
        where: whereIs(stack, id),
        what,
      })),
    );
}

function loggingProblems(stack: SynthesizedStack, { Properties }: Resource): string[] {
  const {
    Destinations = [],
    IncludeExecutionData,
    Level,
  } = (Properties['LoggingConfiguration'] ?? {}) as LoggingConfiguration;
  const tracing = (Properties['TracingConfiguration'] ?? {}) as { Enabled?: boolean };
  const [destination] = Destinations;
  const problems = [
    Level !== 'ALL' && `logs ${Level ?? 'nothing'}, not ALL`,
    // Absent means false to AWS; here it must be said.
    IncludeExecutionData !== false && 'logs execution data',
    !isOwnLogGroup(stack, destination?.CloudWatchLogsLogGroup?.LogGroupArn) && 'logs to no log group of its stack',
    tracing.Enabled !== true && 'is not traced',
  ];
  return problems.filter((problem) => problem !== false);
}

function definitionProblems({ Properties }: Resource): string[] {
  const { Definition, DefinitionString } = Properties;
  if (typeof DefinitionString !== 'string') {
    return Definition === undefined ? ['has a definition that is not in the template'] : passedSecrets(Definition);
  }
  return passedSecrets(JSON.parse(DefinitionString) as unknown);
}
