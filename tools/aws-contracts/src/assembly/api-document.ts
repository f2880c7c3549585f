import { synthesizedResources } from './synthesized-templates.ts';

/** A schema of the API, in the part that is looked at. */
export interface ApiSchema {
  readonly type?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, ApiSchema>>;
}

export interface ApiOperation {
  readonly parameters?: readonly { readonly name: string; readonly schema: ApiSchema }[];
  readonly 'x-amazon-apigateway-integration': {
    readonly requestTemplates: Readonly<Record<string, unknown>>;
    readonly uri: unknown;
  };
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, ApiSchema>> };
}

/** The REST API as it is deployed. */
export function synthesizedApi(): ApiDocument {
  const [api] = synthesizedResources('AWS::ApiGateway::RestApi');
  return api?.properties['Body'] as ApiDocument;
}

/** Every schema with a pattern, under where it is: models, and parameters of methods. */
export function schemasWithPattern({ paths, components }: ApiDocument): [place: string, schema: ApiSchema][] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters = [] }]) =>
      parameters.flatMap(({ name, schema }) => withPattern(`${method} ${path} ${name}`, schema)),
    ),
  );
  const models = Object.entries(components.schemas).flatMap(([name, schema]) => withPattern(name, schema));
  return [...models, ...operations];
}

function withPattern(place: string, schema: ApiSchema): [string, ApiSchema][] {
  const own: [string, ApiSchema][] = schema.pattern === undefined ? [] : [[place, schema]];
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    withPattern(`${place}.${name}`, property),
  );
  const items = (schema as { items?: ApiSchema }).items;
  return [...own, ...inner, ...(items ? withPattern(`${place}[]`, items) : [])];
}
