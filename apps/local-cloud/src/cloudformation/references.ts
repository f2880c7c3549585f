import type { Json } from '../endpoint/service.ts';
import type { TemplateResource } from './template.ts';

/** Logical ids that a resource refers to or depends on, parameters and pseudo parameters among them. */
export function referencesOf(resource: TemplateResource): Set<string> {
  const found = new Set([resource.DependsOn ?? []].flat());
  collect(resource.Properties, found);
  return found;
}

function collect(value: Json, found: Set<string>): void {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  for (const [key, argument] of Object.entries(value)) {
    if (key === 'Ref' && typeof argument === 'string') found.add(argument);
    if (key === 'Fn::GetAtt') found.add(firstText(argument).split('.')[0] ?? '');
    if (key === 'Fn::Sub') for (const name of subNames(firstText(argument))) found.add(name);
    collect(argument, found);
  }
}

/** Both functions take text alone, or a list that begins with it. */
function firstText(argument: Json): string {
  const first = Array.isArray(argument) ? argument[0] : argument;
  return typeof first === 'string' ? first : '';
}

const subNames = (text: string): string[] => [...text.matchAll(/\$\{([^!}][^}.]*)/g)].map(([, name = '']) => name);
