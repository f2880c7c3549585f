/** A parameter whose value begins with this stands for a secret of Secrets Manager. Jobs follow it. */
const REFERENCE_PREFIX = '/aws/reference/secretsmanager/';

export function isSecretReference(value: string): boolean {
  return value.startsWith(REFERENCE_PREFIX);
}

/** Name of the secret that a value refers to; undefined when it is a value of its own. */
export function referredSecret(value: string): string | undefined {
  return isSecretReference(value) ? value.slice(REFERENCE_PREFIX.length) : undefined;
}

/** Names of secrets as Secrets Manager allows them, with a version or a label after a colon. */
const SECRET = /^[A-Za-z0-9/_+=.@!-]{1,512}(:[\w+=.@-]{1,256})?$/;

/** What is wrong with a reference; undefined for one that can be followed. */
export function referenceProblem(reference: string): string | undefined {
  const secret = reference.slice(REFERENCE_PREFIX.length);
  if (secret === '') return 'refers to Secrets Manager without the name of a secret';
  return SECRET.test(secret) ? undefined : 'refers to a secret of Secrets Manager by a name that no secret can have';
}
