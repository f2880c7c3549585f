import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';

const VALIDATOR = 'x-amazon-apigateway-request-validator';

interface Method {
  readonly security?: readonly object[];
  readonly [VALIDATOR]?: string;
}

interface OpenApi {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Method>>>>;
  readonly 'x-amazon-apigateway-request-validators'?: Readonly<Record<string, object>>;
}

/**
 * Methods that let in who has no key, or what is not validated. cdk-nag knows only methods that are resources of their
 * own, not those of an OpenAPI document.
 */
export function apiMethodProblems(stack: SynthesizedStack): Finding[] {
  return Object.entries(stack.template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::ApiGateway::RestApi')
    .flatMap(([id, { Properties }]) =>
      methodProblems((Properties['Body'] ?? {}) as OpenApi).map((what) => ({ where: whereIs(stack, id), what })),
    );
}

function methodProblems({ paths = {}, ...api }: OpenApi): string[] {
  const validators = api['x-amazon-apigateway-request-validators'] ?? {};
  const methods = Object.entries(paths).flatMap(([path, ofPath]) =>
    Object.entries(ofPath).map(([verb, method]): [string, Method] => [`${verb} ${path}`, method]),
  );
  if (methods.length === 0) return ['has no method that could be checked'];
  return methods.flatMap(([name, { security = [], [VALIDATOR]: validator = '' }]) => [
    ...(security.length === 1 && Object.keys(security[0] ?? {}).length > 0 ? [] : [`${name} asks for no key`]),
    ...(validator in validators ? [] : [`${name} is not validated`]),
  ]);
}
