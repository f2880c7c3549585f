import type { Json, JsonObject } from '../endpoint/service.ts';

/** One statement of a policy, its strings-or-lists made lists. An absent list and an empty one mean the same. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  actions: string[];
  notActions: string[];
  resources: string[];
  notResources: string[];
  /** `Service`, `AWS` ... -> who; `*` for everybody. Only resource and trust policies have them. */
  principals: Readonly<Record<string, string[]>>;
  /** Operator -> key -> values. */
  conditions: Readonly<Record<string, Readonly<Record<string, string[]>>>>;
}

/** Statements of a policy document as it stands in a template after its references were resolved. */
export function parsePolicyDocument(document: Json | undefined): Statement[] {
  const statements = asObject(document)['Statement'];
  return (Array.isArray(statements) ? statements : [statements]).filter((s) => s !== undefined).map(parseStatement);
}

function parseStatement(raw: Json): Statement {
  const statement = asObject(raw);
  const principal = statement['Principal'];
  const conditions = Object.entries(asObject(statement['Condition'])).map(
    ([operator, keys]) => [operator, listsByKey(asObject(keys))] as const,
  );
  return {
    effect: statement['Effect'] === 'Allow' ? 'Allow' : 'Deny',
    actions: asList(statement['Action']),
    notActions: asList(statement['NotAction']),
    resources: asList(statement['Resource']),
    notResources: asList(statement['NotResource']),
    principals: typeof principal === 'string' ? { AWS: [principal] } : listsByKey(asObject(principal)),
    conditions: Object.fromEntries(conditions),
  };
}

const listsByKey = (object: JsonObject) =>
  Object.fromEntries(Object.entries(object).map(([key, values]) => [key, asList(values)]));

const asObject = (value: Json | undefined): JsonObject =>
  value && typeof value === 'object' && !Array.isArray(value) ? value : {};

function asList(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((item) =>
    typeof item === 'string' ? item : JSON.stringify(item),
  );
}
