import { Stage, type Stack } from 'aws-cdk-lib';

/** A resource as a template has it, its references written as text. */
export interface ReadableResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** A template whose references are text as `Fn::Sub` writes them: `arn:${AWS::Partition}:s3:::bucket`. */
export interface ReadableTemplate {
  readonly Resources: Readonly<Record<string, ReadableResource>>;
  readonly Parameters: Readonly<Record<string, { readonly Type: string; readonly Default?: string }>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: string; readonly Export?: unknown }>>;
}

/** Synthesizes a stack and gives its template in a form that a test can compare with literals. */
export function readableTemplate(stack: Stack): ReadableTemplate {
  const assembly = Stage.of(stack)?.synth();
  const template: unknown = assembly?.getStackArtifact(stack.artifactId).template;
  return { Parameters: {}, Outputs: {}, ...(withReferencesAsText(template) as Pick<ReadableTemplate, 'Resources'>) };
}

/** The properties of the one resource of a type; `idPrefix` tells two of a type apart. */
export function onlyResource(template: ReadableTemplate, type: string, idPrefix = ''): ReadableResource['Properties'] {
  const found = Object.entries(template.Resources).filter(([id, { Type }]) => Type === type && id.startsWith(idPrefix));
  const [first, ...more] = found;
  if (first === undefined || more.length > 0) throw new Error(`${found.length} resources are ${type} ${idPrefix}`);
  return first[1].Properties;
}

/**
 * Everything that a role may do, from its own policies and those attached to it, sorted: one line a statement, such as
 * `Allow s3:PutObject on arn:... if {...}`.
 */
export function statementsOfRole(template: ReadableTemplate, roleIdPrefix: string): string[] {
  const own = onlyResource(template, 'AWS::IAM::Role', roleIdPrefix)['Policies'] ?? [];
  const attached = Object.values(template.Resources)
    .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && isAttachedTo(Properties, roleIdPrefix))
    .map(({ Properties }) => Properties);
  return [...(own as Policy[]), ...(attached as unknown as Policy[])]
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement.map(statementText))
    .sort();
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

function isAttachedTo(properties: ReadableResource['Properties'], roleIdPrefix: string): boolean {
  return (properties['Roles'] as string[]).some((role) => role.startsWith(`\${${roleIdPrefix}`));
}

function statementText({ Effect, Action, Resource, Condition }: Statement): string {
  const condition = Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`;
  return `${Effect} ${[Action].flat().join(' ')} on ${[Resource].flat().join(' ')}${condition}`;
}

function withReferencesAsText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReferencesAsText);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, withReferencesAsText(item)]);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length !== 1) return Object.fromEntries(entries);
  switch (name) {
    case 'Ref':
      return `\${${String(argument)}}`;
    case 'Fn::GetAtt':
      return `\${${(argument as string[]).join('.')}}`;
    case 'Fn::Sub':
      return argument;
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, string | string[]];
      return Array.isArray(parts) ? parts.join(separator) : parts;
    }
    default:
      return name.startsWith('Fn::') ? `\${${name} ${JSON.stringify(argument)}}` : Object.fromEntries(entries);
  }
}
