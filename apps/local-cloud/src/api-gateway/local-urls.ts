import type { DeployedStack } from '../cloudformation/deploy-stack.ts';

/** Outputs name REST APIs by their host at AWS, which they do not have here. */
export function withLocalUrls(stacks: readonly DeployedStack[], endpointUrl: string): DeployedStack[] {
  const localized = (text: string): string =>
    text.replaceAll(/https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g, `${endpointUrl}/restapis/$1`);
  return stacks.map((stack) => ({
    ...stack,
    outputs: Object.fromEntries(Object.entries(stack.outputs).map(([key, value]) => [key, localized(value)])),
  }));
}
