import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import type { Resource } from '../assembly/template.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';
import { isSecretName } from './secret-names.ts';

/** Whatever in a template holds a secret, or is there to hold one: every principal that may read stacks reads templates. */
export function secretProperties(stack: SynthesizedStack): Finding[] {
  const { Resources, Parameters, Outputs } = stack.template;
  const inResources = Object.entries(Resources).flatMap(([id, resource]) =>
    [...secretTypes(resource), ...secretsIn(resource.Properties)].map((what) => ({ where: whereIs(stack, id), what })),
  );
  const inParameters = Object.entries(Parameters)
    .filter(([name, { NoEcho, Default }]) => (NoEcho === true || isSecretName(name)) && Default !== undefined)
    .map(([name]) => ({ where: whereIs(stack, name), what: 'is a secret parameter with a default' }));
  const inOutputs = Object.keys(Outputs)
    .filter(isSecretName)
    .map((name) => ({ where: whereIs(stack, name), what: 'is an output named as a secret' }));
  return [...inResources, ...inParameters, ...inOutputs];
}

/** A value that CloudFormation writes is in its template. */
function secretTypes({ Type, Properties }: Resource): string[] {
  if (Type === 'AWS::SSM::Parameter') {
    const level = String(Properties['Name']).split('/').at(-1) ?? '';
    return [
      ...(Properties['Type'] === 'SecureString' ? ['is a SecureString'] : []),
      ...(isSecretName(level) ? [`writes the secret parameter ${level}`] : []),
    ];
  }
  return [];
}

function secretsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(secretsIn);
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value as Record<string, unknown>);
  return [
    ...environmentSecrets(value as Record<string, unknown>),
    ...entries.flatMap(([name, item]) =>
      isSecretName(name) && isLiteral(item) ? [`has a literal value for ${name}`] : secretsIn(item),
    ),
  ];
}

/** Everyone who may describe the task or function can read its environment, wherever a value comes from. */
function environmentSecrets(value: Readonly<Record<string, unknown>>): string[] {
  const ofFunction = Object.keys(value['Variables'] ?? {}).filter(isSecretName);
  const pairs = [value['Environment'] ?? []].flat() as { Name?: unknown; Value?: unknown }[];
  const ofContainer = pairs.map(({ Name }) => String(Name)).filter(isSecretName);
  return [...ofFunction, ...ofContainer].map((name) => `has the environment variable ${name}`);
}

/** Not one that only names another resource. */
function isLiteral(value: unknown): boolean {
  if (typeof value === 'number') return true;
  return typeof value === 'string' && value.replaceAll(/\$\{[\w:.]+\}/g, '') !== '';
}
