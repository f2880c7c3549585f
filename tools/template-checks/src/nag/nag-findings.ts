import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';

/**
 * What cdk-nag's AwsSolutions rules say of a stack, warnings included. They are held against the template that is
 * deployed, read back into constructs: so no app has to know of them, and nothing of them gets into a template.
 *
 * @param placeholders texts that follow from the settings, and their placeholders in a finding
 */
export function nagFindings(
  stack: Pick<SynthesizedStack, 'app' | 'templateFile'>,
  placeholders: Readonly<Record<string, string>> = {},
): Finding[] {
  const scope = new Stack(new App({ analyticsReporting: false }), 'Checked');
  new CfnInclude(scope, 'Template', { templateFile: stack.templateFile });
  return new AwsSolutionsChecks()
    .validateScope(scope)
    .violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({
        // CfnInclude calls a construct what the template calls its resource.
        where: whereIs(stack, constructPath?.split('/').at(-1) ?? 'unknown'),
        what: describeRule(ruleName, description, placeholders),
      })),
    );
}

/** A rule that could not be applied is a finding as well, and one of its own: its reason is not that of the rule. */
function describeRule(ruleName: string, description: string, placeholders: Readonly<Record<string, string>>): string {
  const rule = ruleName
    .replace(/^AwsSolutions-/, '')
    .replaceAll(/(\w)[0-9A-F]{8}(?=[.>])/g, '$1')
    // Follows from the region, where the settings name one.
    .replaceAll(/\barn:aws[\w-]*:/g, 'arn:<AWS::Partition>:');
  const readable = Object.entries(placeholders).reduce((text, [from, to]) => text.replaceAll(from, to), rule);
  return description.startsWith('Rule threw an error') ? `${readable} could not be checked` : readable;
}
