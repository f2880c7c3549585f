const SECRETS = new Set([
  'pass',
  'passwd',
  'password',
  'passwords',
  'passphrase',
  'pwd',
  'secret',
  'token',
  'credential',
]);
const KEYS_THAT_ARE_SECRET = new Set(['private_key', 'secret_key', 'access_key', 'secret_string', 'api_key_value']);

/**
 * Whether what has this name is a secret: `Password`, `DB_PASS`, `MasterUserPassword`, `clientSecret`, `TaskToken`. What
 * only speaks of one ends otherwise: `TASK_TOKEN_ENV_VARIABLE`, `secret_name`.
 */
export function isSecretName(name: string): boolean {
  const words = name
    // "password.$" in a state machine says that its value is a path.
    .replace(/\.\$$/, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  return SECRETS.has(words.at(-1) ?? '') || KEYS_THAT_ARE_SECRET.has(words.slice(-2).join('_'));
}
