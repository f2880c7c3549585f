/** A resource as a template has it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A parameter of a template, which CloudFormation asks for or looks up at each deploy. */
export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: unknown;
  readonly NoEcho?: unknown;
}

/** A template whose references are text as `Fn::Sub` writes them. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters: Readonly<Record<string, TemplateParameter>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Export?: unknown }>>;
}

/** Fills in what a template may leave out, and writes references as text, names of resources without CDK's hash. */
export function toTemplate(json: unknown): Template {
  const { Resources = {}, Parameters = {}, Outputs = {} } = withReferencesAsText(json) as Partial<Template>;
  const resources = Object.entries(Resources).map(([id, resource]): [string, Resource] => [
    id,
    // The type says that it is there; a resource that is all defaults has none.
    { ...resource, Properties: (resource as Partial<Resource>).Properties ?? {} },
  ]);
  return { Resources: Object.fromEntries(resources), Parameters, Outputs };
}

/**
 * A logical id as its author wrote it: CDK appends eight digits that change when a construct moves, and 32 more to a
 * deployment of an API.
 */
export function logicalName(logicalId: string): string {
  return logicalId.replace(/([0-9A-F]{8})+([0-9a-f]{32})?$/, '');
}

function withReferencesAsText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReferencesAsText);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, withReferencesAsText(item)]);
  const [only] = entries;
  return entries.length === 1 && only !== undefined ? referenceAsText(...only) : Object.fromEntries(entries);
}

function referenceAsText(name: string, argument: unknown): unknown {
  switch (name) {
    case 'Ref':
      return `\${${logicalName(String(argument))}}`;
    case 'Fn::GetAtt': {
      const [id = '', ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
      return `\${${[logicalName(id), ...attribute].join('.')}}`;
    }
    case 'Fn::Sub':
      return Array.isArray(argument) ? (argument[0] as unknown) : argument;
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, string | unknown[]];
      return Array.isArray(parts) ? parts.map(String).join(separator) : parts;
    }
    default:
      return { [name]: argument };
  }
}
