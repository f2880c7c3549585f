import { synthesizedApi } from './assembly/api-document.ts';
import { resolvedText } from './assembly/synthesized-templates.ts';
import { inputShape, serviceModel } from './models/service-model.ts';

const integrations = Object.entries(synthesizedApi().paths).flatMap(([path, methods]) =>
  Object.values(methods).map(({ 'x-amazon-apigateway-integration': { uri, requestTemplates } }) => {
    const [, service = '', action = ''] = /:([a-z]+):action\/(\w+)$/.exec(resolvedText(uri, 'eu-west-1')) ?? [];
    return { path, service, action, template: resolvedText(requestTemplates['application/json'], 'x') };
  }),
);

it.each(integrations)(
  '$path calls an action that AWS has, with parameters that it has',
  ({ service, action, template }) => {
    expect(service).toBe('states');
    const { members = {}, required = [] } = inputShape(serviceModel('stepfunctions'), action);
    const names = [...template.matchAll(/^ {2}"(\w+)":/gm)].map(([, name = '']) => name);
    expect(names.filter((name) => !(name in members))).toEqual([]);
    expect(required.filter((name) => !names.includes(name))).toEqual([]);
  },
);
