import type { TaskState } from '../assembly/task-states.ts';
import { inputShape, serviceModel, type ServiceModel, type Shape } from './service-model.ts';
import { OPTIMIZED_INTEGRATIONS, SDK_SERVICES } from './supported-parameters.ts';

/** What AWS would not take, or would drop, of the parameters of a Task state. */
export function parameterProblems({ integration, parameters }: TaskState): string[] {
  const [, sdkService, action] = /^aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)$/.exec(integration) ?? [];
  if (sdkService !== undefined && action !== undefined) {
    const operation = action.charAt(0).toUpperCase() + action.slice(1);
    return againstModel(serviceModel(SDK_SERVICES[sdkService] ?? sdkService), operation, parameters);
  }
  const optimized = OPTIMIZED_INTEGRATIONS[integration.replace(/\.(sync(:2)?|waitForTaskToken)$/, '')];
  if (!optimized) return [`no list of supported parameters is known for ${integration}`];
  const { service, operation, supported, unsupportedInside = [] } = optimized;
  const names = Object.keys(parameters).map(plainName);
  const text = JSON.stringify(parameters);
  return [
    ...names.filter((name) => !supported.includes(name)).map((name) => `${name} is on no list of AWS`),
    ...unsupportedInside.filter((name) => text.includes(`"${name}`)).map((name) => `${name} is not supported inside`),
    ...againstModel(serviceModel(service), operation, parameters),
  ];
}

/** Without the suffix that makes a value of States Language a path. */
function plainName(name: string): string {
  return name.replace(/\.\$$/, '');
}

function againstModel(model: ServiceModel, operation: string, parameters: object): string[] {
  return unknownNames(model, inputShape(model, operation), parameters, operation);
}

/** Every name that the API does not have at its place, and every required one that is missing. */
function unknownNames(model: ServiceModel, shape: Shape, value: unknown, path: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unknownNames(model, itemShape(model, shape), item, `${path}[${index}]`));
  }
  // A map's keys are the caller's own; a text may be written as an object, which is sent as JSON.
  if (shape.type !== 'structure' || typeof value !== 'object' || value === null) return [];
  const members = new Map(
    Object.entries(shape.members ?? {}).map(([name, member]) => [name.toLowerCase(), member.shape] as const),
  );
  const given = Object.entries(value).map(([key, inner]): [string, unknown] => [plainName(key), inner]);
  const names = given.map(([name]) => name.toLowerCase());
  const missing = (shape.required ?? []).filter((name) => !names.includes(name.toLowerCase()));
  return [
    ...missing.map((name) => `${path} lacks ${name}`),
    ...given.flatMap(([name, inner]) => {
      const member = members.get(name.toLowerCase());
      const memberShape = member === undefined ? undefined : model.shapes[member];
      if (!memberShape) return [`${path} has no ${name}`];
      if (!/^[A-Z]/.test(name)) return [`${path}.${name} must begin with a capital letter`];
      return unknownNames(model, memberShape, inner, `${path}.${name}`);
    }),
  ];
}

function itemShape(model: ServiceModel, { member }: Shape): Shape {
  return (member && model.shapes[member.shape]) ?? { type: 'unknown' };
}
