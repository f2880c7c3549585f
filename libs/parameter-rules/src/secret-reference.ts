/** A parameter whose value begins with this stands for a secret of Secrets Manager. Jobs follow it. */
const REFERENCE_PREFIX = '/aws/reference/secretsmanager/';

export function isSecretReference(value: string): boolean {
  return value.startsWith(REFERENCE_PREFIX);
}

/** Name of the secret that a value refers to; undefined when it is a value of its own. */
export function referredSecret(value: string): string | undefined {
  return isSecretReference(value) ? value.slice(REFERENCE_PREFIX.length) : undefined;
}
