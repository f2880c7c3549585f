import type { AccountKind } from '@serverless-ops/names';
import { isPlaceholder, referredSecret } from '@serverless-ops/parameter-rules';
import { UsageError } from '../errors.ts';
import type { OpsParameterStore, ListedParameter } from '../parameter-store.ts';
import { ALLOW_SECRET } from './allow-secret.ts';
import type { StoredGroup } from './inventory.ts';
import { keepStoredPassword } from './next-password.ts';
import type { GroupParameter, ParameterGroup } from './parameter-group.ts';
import { passwordChangeCommand } from './password-change-command.ts';
import { refuseReadableSecrets, refuseSecretsInPlaceOfReferences } from './refuse-stored-secrets.ts';
import { describeMissingRegistration, missingRegistration } from './registration.ts';
import { typeToWrite } from './stored-type.ts';
import { takeFromEnvironment, takeOrAsk, type ChosenSources, type ValueSources } from './value-sources.ts';
import { writeAll } from './write-all.ts';

export interface PushOrder extends ChosenSources {
  readonly group: ParameterGroup;
  /** None: everything that is missing or still a placeholder. */
  readonly names: readonly string[];
  /** How the account is registered. @default asked for, when it is not registered yet */
  readonly registration: AccountKind | undefined;
  readonly keyId: string;
  readonly namePrefix: string;
  /** Secrets of Secrets Manager that jobs may read. */
  readonly secretNames: readonly string[];
}

export interface PushSurroundings extends ValueSources {
  readonly store: OpsParameterStore;
  readonly say: (text: string) => void;
}

/**
 * Writes parameters, none of them unless all can be.
 *
 * @throws UsageError when a name, a value or what is stored does not fit; then nothing was written.
 */
export async function pushParameters(order: PushOrder, surroundings: PushSurroundings): Promise<void> {
  const { group, registration, keyId } = order;
  const { store, say } = surroundings;
  const named = [...order.names, ...order.fromEnv.keys(), ...(registration === undefined ? [] : ['account'])];
  const chosen = chooseByName(group, named);
  const fromEnvironment = takeFromEnvironment(chosen, order.fromEnv, surroundings.env);
  const stored: StoredGroup = new Map(
    (await store.listBelow(group.path, { decrypt: false })).map((each) => [
      each.name.slice(group.path.length + 1),
      each,
    ]),
  );
  refuseReadableSecrets(chosen, stored);
  const unregistered = missingRegistration(group, stored, chosen);
  const canAsk = surroundings.openPrompts !== undefined && !order.stdin;
  const wanted =
    chosen.length === 0
      ? group.parameters.filter((each) => isToFillIn(each, stored.get(each.name)))
      : [...(unregistered && canAsk ? [unregistered] : []), ...keepStoredPassword(chosen, stored, group)];
  if (wanted.length === 0) {
    say(`Nothing is missing below ${group.path}, so nothing was written. To replace a parameter, name it.\n`);
    return;
  }
  refuseReadableSecrets(wanted, stored);
  const given = new Map([
    ...[...fromEnvironment].map(([name, value]) => [placeOf(name, wanted), value] as const),
    ...(registration === undefined ? [] : [['account', registration] as const]),
  ]);
  const others = wanted.filter(({ name }) => !given.has(name));
  const values = new Map([...given, ...(await takeOrAsk(others, order.stdin, surroundings))]);
  refuseSecretsInPlaceOfReferences(wanted, stored, values);
  await writeAll(
    // Secrets first: it is them that fail for want of a right or a key.
    [...wanted]
      .sort((one, other) => Number(other.isSecret) - Number(one.isSecret))
      .map((parameter) => ({
        name: `${group.path}/${parameter.name}`,
        type: typeToWrite(parameter, stored.get(parameter.name)),
        value: values.get(parameter.name) ?? '',
        keyId,
      })),
    surroundings,
  );
  sayWhatIsLeft(order, { wanted, values, stored }, say);
}

interface Written {
  readonly wanted: readonly GroupParameter[];
  readonly values: ReadonlyMap<string, string>;
  readonly stored: StoredGroup;
}

function sayWhatIsLeft(order: PushOrder, { wanted, values, stored }: Written, say: PushSurroundings['say']): void {
  const { group } = order;
  for (const [name, value] of values) {
    const secret = referredSecret(value);
    if (secret === undefined || order.secretNames.includes(secret)) continue;
    say(`Jobs may not read the secret that ${name} refers to. To allow it, ${ALLOW_SECRET}.\n`);
  }
  if (missingRegistration(group, stored, wanted) !== undefined) say(describeMissingRegistration(group));
  const next = wanted.find(({ name }) => name === 'new_password');
  const [arn] = [...stored.values()].map((each) => each.arn);
  if (next === undefined || !('dbUser' in next) || arn === undefined) return;
  const change = { ...group.database, dbUser: next.dbUser, generate: false };
  say(
    'The stored password stays until a password change gives the account the new one. To start the change:\n' +
      `  ${passwordChangeCommand(order.namePrefix, arn, change)}\n`,
  );
}

/** Where a value goes that was given for a name. */
function placeOf(name: string, wanted: readonly GroupParameter[]): string {
  return wanted.some((parameter) => parameter.name === name) ? name : 'new_password';
}

/** What was named instead is not repeated: it may be a value. */
function chooseByName({ parameters }: ParameterGroup, names: readonly string[]): GroupParameter[] {
  const known: string[] = parameters.map(({ name }) => name);
  const unknown = [...new Set(names)].flatMap((name, index) => (known.includes(name) ? [] : [index + 1]));
  if (unknown.length > 0) {
    throw new UsageError([
      `Name ${unknown.join(', ')} is no parameter of this group. The group has ${known.join(', ')}.`,
    ]);
  }
  return parameters.filter(({ name }) => names.includes(name));
}

function isToFillIn({ isOptional }: GroupParameter, stored: ListedParameter | undefined): boolean {
  if (stored === undefined) return !isOptional;
  return stored.value !== undefined && isPlaceholder(stored.value);
}
