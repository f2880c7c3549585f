import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { toTemplate } from '../assembly/template.ts';

/** A stack of an app `app` with this template, for checks that read nothing else. */
export function stackWith(template: object): SynthesizedStack {
  return {
    app: 'app',
    name: 'app-stack',
    assemblyFolder: '/nowhere',
    templateFile: '/nowhere/app-stack.template.json',
    template: toTemplate(template),
    dependencies: [],
  };
}

/** A stack with one resource, `Thing`. */
export function stackWithResource(type: string, properties: object): SynthesizedStack {
  return stackWith({ Resources: { Thing: { Type: type, Properties: properties } } });
}
