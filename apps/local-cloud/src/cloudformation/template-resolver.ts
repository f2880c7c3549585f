import type { Json, JsonObject } from '../endpoint/service.ts';
import type { CreatedResource } from './resource-handler.ts';
import type { Template } from './template.ts';

export interface TemplateScope {
  template: Template;
  /** Template parameters and pseudo parameters. */
  values: Readonly<Record<string, Json>>;
  /** Resources that were created so far. */
  resources: ReadonlyMap<string, CreatedResource>;
  /** Value of a parameter in Parameter Store, for `{{resolve:ssm:...}}`. */
  findParameter: (name: string) => string | undefined;
}

/** What `AWS::NoValue` leaves: the property or list item that holds it is not there. */
const NO_VALUE = Symbol('AWS::NoValue');
type Resolved = Json | typeof NO_VALUE;
type IntrinsicFunction = (argument: Json) => Resolved;

/** Resolves intrinsic functions. Throws an error that names what cannot be resolved. */
export class TemplateResolver {
  readonly #scope: TemplateScope;
  readonly #functions: Readonly<Record<string, IntrinsicFunction>>;

  constructor(scope: TemplateScope) {
    this.#scope = scope;
    this.#functions = {
      Ref: (name) => this.#ref(asText(name, 'Ref')),
      'Fn::GetAtt': (argument) => this.#getAtt(argument),
      'Fn::Sub': (argument) => this.#sub(argument),
      'Fn::Join': (argument) => {
        const [delimiter, items] = this.#list(argument, 'Fn::Join');
        return this.#list(items, 'Fn::Join')
          .map((item) => asText(item, 'Fn::Join'))
          .join(asText(delimiter, 'Fn::Join'));
      },
      'Fn::Select': (argument) => this.#select(argument),
      'Fn::Split': (argument) => {
        const [delimiter, text] = this.#list(argument, 'Fn::Split');
        return asText(text, 'Fn::Split').split(asText(delimiter, 'Fn::Split'));
      },
      'Fn::If': (argument) => {
        const [name, whenTrue = null, whenFalse = null] = Array.isArray(argument) ? argument : [];
        return this.#resolve(this.condition(asText(name, 'Fn::If')) ? whenTrue : whenFalse);
      },
      'Fn::FindInMap': (argument) => this.#findInMap(argument),
      'Fn::Base64': (argument) => Buffer.from(asText(this.resolve(argument), 'Fn::Base64')).toString('base64'),
      'Fn::GetAZs': () => ['a', 'b', 'c'].map((zone) => `${asText(this.#value('AWS::Region'), 'Fn::GetAZs')}${zone}`),
      'Fn::Equals': (argument) => {
        const [left, right] = this.#list(argument, 'Fn::Equals');
        return JSON.stringify(left) === JSON.stringify(right);
      },
      'Fn::And': (argument) => this.#list(argument, 'Fn::And').every((each) => each === true),
      'Fn::Or': (argument) => this.#list(argument, 'Fn::Or').some((each) => each === true),
      'Fn::Not': (argument) => this.#list(argument, 'Fn::Not')[0] !== true,
      Condition: (name) => this.condition(asText(name, 'Condition')),
    };
  }

  resolve(value: Json): Json {
    const resolved = this.#resolve(value);
    return resolved === NO_VALUE ? null : resolved;
  }

  resolveProperties(properties: JsonObject): JsonObject {
    return this.#resolveObject(properties);
  }

  condition(name: string): boolean {
    const expression = this.#scope.template.Conditions[name];
    if (expression === undefined) throw new Error(`There is no condition ${name}.`);
    return this.resolve(expression) === true;
  }

  #resolve(value: Json): Resolved {
    if (typeof value === 'string') return this.#resolveDynamicReferences(value);
    if (Array.isArray(value)) return value.map((item) => this.#resolve(item)).filter((item) => item !== NO_VALUE);
    if (value === null || typeof value !== 'object') return value;
    const [name, ...more] = Object.keys(value);
    if (name !== undefined && more.length === 0) {
      const run = Object.hasOwn(this.#functions, name) ? this.#functions[name] : undefined;
      if (run && !(name === 'Condition' && typeof value[name] !== 'string')) return run(value[name] ?? null);
      if (name.startsWith('Fn::')) throw new Error(`${name} is not supported by the local cloud.`);
    }
    return this.#resolveObject(value);
  }

  #resolveObject(object: JsonObject): JsonObject {
    const entries = Object.entries(object).map(([key, value]) => [key, this.#resolve(value)] as const);
    return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== NO_VALUE));
  }

  #list(argument: Json | undefined, functionName: string): Json[] {
    const list = argument === undefined ? undefined : this.resolve(argument);
    if (!Array.isArray(list)) throw new Error(`${functionName} needs a list.`);
    return list;
  }

  #ref(name: string): Resolved {
    return name === 'AWS::NoValue' ? NO_VALUE : this.#value(name);
  }

  #value(name: string): Json {
    const value = this.#scope.values[name] ?? this.#scope.resources.get(name)?.ref;
    if (value === undefined) throw new Error(`Ref ${name} has no value: it is not there or was not created.`);
    return value;
  }

  #getAtt(argument: Json): Json {
    const [logicalId = '', ...path] = Array.isArray(argument)
      ? this.#list(argument, 'Fn::GetAtt').map((each) => asText(each, 'Fn::GetAtt'))
      : asText(argument, 'Fn::GetAtt').split(/\.(.*)/s);
    const attribute = path.filter((part) => part !== '').join('.');
    const value = this.#scope.resources.get(logicalId)?.attributes[attribute];
    if (value === undefined) throw new Error(`Fn::GetAtt ${logicalId}.${attribute} is not known to the local cloud.`);
    return value;
  }

  #sub(argument: Json): string {
    const [text, variables = {}] = Array.isArray(argument) ? argument : [argument];
    const own = asObject(this.resolve(variables));
    return asText(text ?? null, 'Fn::Sub').replaceAll(/\$\{(!?)([^}]+)\}/g, (_all, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      const value = own[name] ?? (name.includes('.') ? this.#getAtt(name) : this.#value(name));
      return asText(value, `Fn::Sub of ${name}`);
    });
  }

  #select(argument: Json): Json {
    const [index, items] = this.#list(argument, 'Fn::Select');
    const item = this.#list(items, 'Fn::Select')[Number(index)];
    if (item === undefined) throw new Error(`Fn::Select finds no item ${asText(index, 'Fn::Select')}.`);
    return item;
  }

  #findInMap(argument: Json): Json {
    const [map, first, second] = this.#list(argument, 'Fn::FindInMap').map((each) => asText(each, 'Fn::FindInMap'));
    const value = this.#scope.template.Mappings[map ?? '']?.[first ?? '']?.[second ?? ''];
    if (value === undefined)
      throw new Error(`Fn::FindInMap finds nothing under ${map ?? ''}.${first ?? ''}.${second ?? ''}.`);
    return value;
  }

  #resolveDynamicReferences(text: string): string {
    return text.replaceAll(/\{\{resolve:([a-z-]+):([^:}]+)[^}]*\}\}/g, (all, kind: string, name: string) => {
      const value = kind === 'ssm' ? this.#scope.findParameter(name) : undefined;
      if (value === undefined) throw new Error(`The dynamic reference ${all} cannot be resolved.`);
      return value;
    });
  }
}

function asText(value: Json | undefined, where: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((item) => asText(item, where)).join(',');
  throw new Error(`${where} needs text, not ${JSON.stringify(value)}.`);
}

const asObject = (value: Json): JsonObject =>
  value && typeof value === 'object' && !Array.isArray(value) ? value : {};
