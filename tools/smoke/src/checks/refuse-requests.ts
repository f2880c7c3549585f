import type { Check } from '../check.ts';
import { CheckFailedError } from '../errors.ts';

const NEXT = 'Deploy the API again: npx nx run api-contract:deploy';

export const refuseRequests: Check = {
  what: 'The API refuses a request that is not valid, and one without its key',
  actions: ['apigateway:GET'],
  async perform(scene) {
    const api = await scene.api();
    const wrong = { job_name: 'db_backup', job_options: { ...scene.dryRun.job_options, smoke: true } };
    const { status, contentType, text } = await api.post(wrong);
    if (status !== 400 || !contentType.startsWith('application/problem+json') || !text.includes('smoke')) {
      throw new CheckFailedError(
        `An order with an unknown field was answered with ${status} (${contentType}): ${text}, instead of a 400 problem that names the field.`,
        status === 403 ? 'Look in API Gateway whether the API key is enabled and in the usage plan.' : NEXT,
      );
    }
    const keyless = await api.post(scene.dryRun, { 'x-api-key': `no-key-${scene.run}` });
    if (keyless.status !== 403) {
      throw new CheckFailedError(`An order with a wrong API key was answered with ${keyless.status}, not 403.`, NEXT);
    }
    return '400 with the problem, 403';
  },
};
