import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';

/** Written by `cdk bootstrap`, before any stack. */
const BOOTSTRAP = '/cdk-bootstrap/';

/** Names of the parameters that a stack writes to Parameter Store, with their types. */
export function writtenParameters({ template }: SynthesizedStack): Readonly<Record<string, string>> {
  const written = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::SSM::Parameter');
  return Object.fromEntries(written.map(({ Properties }) => [String(Properties['Name']), String(Properties['Type'])]));
}

/** Parameters of a template that CloudFormation could not fill in with only these written before. */
export function unfilledParameters(
  { app, template }: SynthesizedStack,
  written: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(template.Parameters).flatMap(([id, { Type, Default }]) => {
    const isList = Type.includes('List<');
    const name = String(Default);
    if (!Type.startsWith('AWS::SSM::Parameter::Value<')) return [`${app}/${id} is not read from Parameter Store`];
    if (name.startsWith(BOOTSTRAP)) return [];
    if (!(name in written)) return [`${app}/${id} reads ${name}, which no earlier stack writes`];
    return (written[name] === 'StringList') === isList ? [] : [`${app}/${id} reads ${name} as another type`];
  });
}
