import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';

/**
 * Final, over what cdk.json and the CLI say: one behaviour however the app is started, and nothing in a template but
 * what is deployed.
 */
const CONTEXT = {
  ...CURRENTLY_RECOMMENDED_FLAGS,
  // Findings of the template validator that comes with CDK stop a synth.
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  // The CDK CLI prints warnings once; the report would print them a second time, on every synth and in every test.
  '@aws-cdk/core:annotationsInValidationReport': false,
  // Would add a function and a custom resource to every stack with a VPC.
  '@aws-cdk/aws-ec2:restrictDefaultSecurityGroup': false,
  '@aws-cdk/core:enableAdditionalMetadataCollection': false,
  'aws:cdk:enable-path-metadata': false,
  'aws:cdk:enable-asset-metadata': false,
  'aws:cdk:version-reporting': false,
};

/**
 * The CDK app of a deployable: every recommended feature flag on, no analytics, no metadata, and no need for
 * credentials or a network. Where the assembly goes is the CDK CLI's choice.
 *
 * @param context what CDK would otherwise ask AWS for; tests of lookups give it here
 */
export function createApp(context: Readonly<Record<string, unknown>> = {}): App {
  return new App({ context, postCliContext: CONTEXT, analyticsReporting: false, treeMetadata: false });
}
