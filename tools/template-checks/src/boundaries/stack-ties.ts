import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';

/** What CloudFormation or CDK would use to make one stack wait for, or hold on to, another. */
const TIES = ['Fn::ImportValue', 'Fn::GetStackOutput', '{{resolve:ssm:', '{{resolve:cloudformation:'];

/** Ties of a stack to others: each would keep it from being deployed, changed or removed by itself. */
export function stackTies({ name, template, dependencies }: SynthesizedStack): string[] {
  const text = JSON.stringify(template);
  const exported = Object.entries(template.Outputs).filter(([, { Export }]) => Export !== undefined);
  return [
    ...exported.map(([id]) => `${name} exports ${id}`),
    ...TIES.filter((tie) => text.includes(tie)).map((tie) => `${name} uses ${tie}`),
    ...dependencies
      .filter((artifact) => artifact !== `${name}.assets`)
      .map((artifact) => `${name} waits for ${artifact}`),
  ];
}
