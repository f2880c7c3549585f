import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';

const NO_WORKLOAD = ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::AccessKey', 'AWS::IAM::UserToGroupAddition'];

/** Rights that come from elsewhere: policies that AWS keeps and widens, and identities that have lasting keys. */
export function attachedProblems(stack: SynthesizedStack): Finding[] {
  return Object.entries(stack.template.Resources).flatMap(([id, { Type, Properties }]) => {
    const managed = ((Properties['ManagedPolicyArns'] ?? []) as unknown[]).map((arn) => `has ${shortName(arn)}`);
    const lasting = NO_WORKLOAD.includes(Type) ? [`is ${Type}: what runs here has a role`] : [];
    return [...managed, ...lasting].map((what) => ({ where: whereIs(stack, id), what }));
  });
}

function shortName(arn: unknown): string {
  return String(arn).replace(/^.*:policy\//, '');
}
