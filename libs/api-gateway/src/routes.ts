import type { OpenApiDocument, Operation } from './open-api-document.ts';

/** A method of a resource: `POST` of `/jobs/{id}`. */
export interface Route {
  httpMethod: string;
  resourcePath: string;
  operation: Operation;
}

export interface RouteMatch {
  route: Route;
  pathParameters: Record<string, string>;
}

export type FindRoute = (method: string, path: string) => RouteMatch | undefined;

const ANY = 'x-amazon-apigateway-any-method';

/** All methods of the document, the resources with the fewest parameters first: `/jobs/latest` before `/jobs/{id}`. */
export function routesOf(document: OpenApiDocument): Route[] {
  const routes = Object.entries(document.paths).flatMap(([resourcePath, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      httpMethod: method === ANY ? 'ANY' : method.toUpperCase(),
      resourcePath,
      operation,
    })),
  );
  return routes.sort((left, right) => rank(left) - rank(right));
}

/** A greedy parameter comes after named ones, and ANY after a method of its own. */
function rank({ resourcePath, httpMethod }: Route): number {
  const parameters = resourcePath.match(/\{[^}]+\}/g) ?? [];
  const greedy = parameters.some((name) => name.endsWith('+}'));
  return (greedy ? 1000 : 0) + parameters.length * 2 + (httpMethod === 'ANY' ? 1 : 0);
}

export function createRouter(routes: readonly Route[]): FindRoute {
  const table = routes.map((route) => ({ route, pattern: pathPattern(route.resourcePath) }));
  return (method, path) => {
    for (const { route, pattern } of table) {
      if (route.httpMethod !== 'ANY' && route.httpMethod !== method) continue;
      const match = pattern.exec(path);
      if (match) return { route, pathParameters: decoded(match.groups ?? {}) };
    }
    return undefined;
  };
}

function pathPattern(resourcePath: string): RegExp {
  const source = resourcePath
    .replace(/\/$/, '')
    .replace(/[.*?^$()|[\]\\]/g, '\\$&')
    .replace(/\{([A-Za-z0-9_]+)\+\}/g, '(?<$1>.+)')
    .replace(/\{([A-Za-z0-9_]+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}/?$`);
}

function decoded(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodePart(value)]));
}

function decodePart(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
