import { isSecretName } from '../secrets/secret-names.ts';
import { OVERRIDE_VARIABLES } from './container-environment.ts';

/** The task that has to report needs it, and only the state that made it waits for it. */
const TASK_TOKEN = '$$.Task.Token';

/**
 * Secrets that a definition in States Language passes from state to state, or to a container: they would be in the
 * history of the execution for 90 days, and in what `DescribeTasks` shows.
 */
export function passedSecrets(definition: unknown): string[] {
  if (Array.isArray(definition)) return definition.flatMap(passedSecrets);
  if (typeof definition !== 'object' || definition === null) return [];
  const { Name, ...others } = definition as Readonly<Record<string, unknown>>;
  const isVariable = typeof Name === 'string' && ('Value' in others || 'Value.$' in others);
  return [
    ...(isVariable && !OVERRIDE_VARIABLES.includes(Name) ? [`sets ${Name}, which is not on the list`] : []),
    ...Object.entries(others).flatMap(([key, value]) =>
      // The keys of "States" are names of states: one may be "ChangePassword".
      key === 'States' ? Object.values(value as object).flatMap(passedSecrets) : secretsAt(key, value),
    ),
  ];
}

function secretsAt(key: string, value: unknown): string[] {
  return [...secretUnder(key, value), ...passedSecrets(value)];
}

function secretUnder(key: string, value: unknown): string[] {
  if (isSecretName(key) && value !== TASK_TOKEN) return [`passes ${key}`];
  // A choice looks, and passes nothing on.
  if (typeof value !== 'string' || key === 'Variable') return [];
  const paths = value.replaceAll(/\$\$\.[\w.]+/g, '').match(/\$\.[\w.[\]'*]+|\$states\.[\w.]+/g) ?? [];
  return paths
    .flatMap((path) => path.split(/[^\w]+/))
    .filter(isSecretName)
    .map((name) => `passes on ${name}`);
}
