import type { LocalCloud } from './cloud.ts';

/** What a program reads when the cloud is ready: one line of JSON. */
export function readyLine(cloud: LocalCloud): string {
  const { account, endpointUrl, stacks, stateMachines, apiKeys } = cloud;
  return JSON.stringify({
    endpoint: endpointUrl,
    api_url: apiUrlOf(cloud),
    api_key: apiKeys[0]?.value,
    region: account.region,
    account_id: account.accountId,
    state_machines: Object.fromEntries(stateMachines.map(({ name, arn }) => [name, arn])),
    outputs: Object.fromEntries(stacks.map(({ name, outputs }) => [name, outputs])),
    announcement: announcement(cloud),
  });
}

/** What a person reads when the cloud is ready: how to reach it, and what the stacks say about how to use them. */
export function announcement(cloud: LocalCloud): string {
  const { account, endpointUrl, stacks } = cloud;
  const outputs = stacks.flatMap((stack) => Object.entries(stack.outputs));
  const commands = outputs.filter(([name]) => name.endsWith('Command')).map(([, command]) => command);
  const facts = outputs.filter(([name]) => !name.endsWith('Command')).map(([name, value]) => `${name}: ${value}`);
  return [
    `The stacks ${stacks.map(({ name }) => name).join(', ')} run on this machine. Ctrl-C stops them.`,
    '',
    'In another terminal, for the AWS CLI and SDKs (a CLI before 2.13 wants --endpoint-url besides):',
    `  export AWS_ENDPOINT_URL=${endpointUrl}`,
    `  export AWS_REGION=${account.region} AWS_DEFAULT_REGION=${account.region}`,
    '  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_SESSION_TOKEN=',
    ...apiExports(cloud),
    ...section('Then, for example:', [
      ...commands,
      'aws stepfunctions list-state-machines',
      'aws logs describe-log-groups',
    ]),
    ...section('Outputs:', facts),
    '',
  ].join('\n');
}

/** Base address of the first API, its stage included; undefined where there is none. */
const apiUrlOf = ({ endpointUrl, restApis: [api] }: LocalCloud): string | undefined =>
  api && `${endpointUrl}/restapis/${api.id}/${api.stages[0]?.name ?? ''}`;

/** What the curl commands of the pages need. */
function apiExports(cloud: LocalCloud): string[] {
  const url = apiUrlOf(cloud);
  const [key] = cloud.apiKeys;
  return url === undefined || !key ? [] : [`  export API_URL=${url} API_KEY=${key.value}`];
}

const section = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
