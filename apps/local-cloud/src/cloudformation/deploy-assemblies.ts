import { type AssembledStack, readAssembledStacks } from './assembly.ts';
import { type DeployedStack, type DeployOptions, deployStack } from './deploy-stack.ts';
import { DeployError } from './deploy-error.ts';
import { orderStacks } from './stack-order.ts';

/** Reads the stacks of `cdk.out` folders, in the order of a deploy. Throws {@link DeployError}. */
export function readStacks(folders: readonly string[]): AssembledStack[] {
  const problems: string[] = [];
  const stacks = folders.flatMap((folder) => {
    try {
      return readAssembledStacks(folder);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      problems.push(`${folder} is no synthesized assembly (nx synth makes one): ${why}`);
      return [];
    }
  });
  if (problems.length > 0) throw new DeployError(problems);
  return orderStacks(stacks);
}

/** Deploys stacks one after the other. Throws {@link DeployError}, before anything is created where that is possible. */
export async function deployStacks(
  stacks: readonly AssembledStack[],
  options: DeployOptions,
): Promise<DeployedStack[]> {
  const unknown = stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources)
      .filter(([, { Type }]) => !Object.hasOwn(options.handlers, Type))
      .map(
        ([logicalId, { Type }]) =>
          `${stack.name}: ${logicalId} is of the type ${Type}, which the local cloud does not know`,
      ),
  );
  const problems = [...unknown];
  const deployed: DeployedStack[] = [];
  if (unknown.length === 0) for (const stack of stacks) deployed.push(await deployStack(stack, options, problems));
  if (problems.length > 0) throw new DeployError(problems);
  return deployed;
}
