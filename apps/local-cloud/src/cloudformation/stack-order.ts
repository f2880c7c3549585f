import type { Json } from '../endpoint/service.ts';
import type { AssembledStack } from './assembly.ts';
import { topologicalOrder } from './topological-order.ts';

/** Stacks in the order of a deploy: by what their assemblies say, and by the parameters that one leaves to another. */
export function orderStacks(stacks: readonly AssembledStack[]): AssembledStack[] {
  return topologicalOrder(stacks, (stack) => {
    const needed = neededParameters(stack);
    return stacks.filter(
      (other) =>
        other !== stack &&
        ((stack.dependencies.includes(other.artifactId) && other.assets === stack.assets) ||
          [...createdParameters(other)].some((name) => needed.has(name))),
    );
  });
}

const createdParameters = ({ template }: AssembledStack): Set<Json> =>
  new Set(
    Object.values(template.Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::SSM::Parameter' && Properties['Name'] !== undefined ? [Properties['Name']] : [],
    ),
  );

function neededParameters({ template }: AssembledStack): Set<Json> {
  const byParameter = Object.values(template.Parameters).flatMap(({ Type, Default }) =>
    Type.startsWith('AWS::SSM::Parameter::Value<') && Default !== undefined ? [Default] : [],
  );
  const byReference = JSON.stringify(template).matchAll(/\{\{resolve:ssm:([^:}]+)/g);
  return new Set<Json>([...byParameter, ...[...byReference].map(([, name = '']) => name)]);
}
