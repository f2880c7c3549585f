/** A parameter with this at its beginning stands for a secret of Secrets Manager: jobs follow it. */
const REFERENCE_PREFIX = '/aws/reference/secretsmanager/';

/** Name of the secret that a value refers to; undefined when it is a value of its own. */
export function referredSecret(value: string): string | undefined {
  return value.startsWith(REFERENCE_PREFIX) ? value.slice(REFERENCE_PREFIX.length) : undefined;
}

/** What makes jobs able to read a secret that a parameter refers to. */
export const ALLOW_SECRET = 'name it under parameters.secrets in settings.yml, and run "npm run deploy"';
