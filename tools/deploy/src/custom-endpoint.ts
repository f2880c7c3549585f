import { NotReadyError } from './errors.ts';

/** Addresses of this machine, where the local cloud listens. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * What to tell the reader when the environment names another endpoint than that of AWS; `undefined` when it names none.
 *
 * @throws NotReadyError when that endpoint is on this machine: the local cloud runs assemblies, it deploys none.
 */
export function customEndpointNotice(env: NodeJS.ProcessEnv): string | undefined {
  const endpoint = env['AWS_ENDPOINT_URL'];
  if (endpoint === undefined || endpoint === '') return undefined;
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : endpoint;
  if (LOOPBACK.test(host)) {
    throw new NotReadyError(
      `AWS_ENDPOINT_URL is "${endpoint}", an address of this machine, so nothing would reach AWS. ` +
        'Run "unset AWS_ENDPOINT_URL" to deploy to AWS; "npm start" runs the stacks in the local cloud.',
    );
  }
  return `AWS_ENDPOINT_URL is set: this deploys to ${endpoint}, not to the endpoints of AWS.`;
}
