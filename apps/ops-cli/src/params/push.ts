import { isPlaceholder, referredSecret } from '@serverless-ops/parameter-rules';
import { AwsRefusedError, UsageError } from '../errors.ts';
import type { NewParameter, ParameterStore, StoredParameter } from '../parameter-store.ts';
import { formatTable } from '../table.ts';
import type { GroupParameter, ParameterGroup } from './parameter-group.ts';
import { ALLOW_SECRET } from './allow-secret.ts';
import { refuseReadableSecrets, refuseSecretsInPlaceOfReferences } from './refuse-stored-secrets.ts';
import { typeToWrite } from './stored-type.ts';
import { takeFromEnvironment, takeOrAsk, type ChosenSources, type ValueSources } from './value-sources.ts';

export interface PushOrder extends ChosenSources {
  readonly group: ParameterGroup;
  /** None: everything that is missing or still a placeholder. */
  readonly names: readonly string[];
  readonly keyId: string;
  /** Secrets of Secrets Manager that jobs may read. */
  readonly secretNames: readonly string[];
}

export interface PushSurroundings extends ValueSources {
  readonly store: ParameterStore;
  readonly say: (text: string) => void;
}

/**
 * Writes parameters, none of them unless all can be.
 *
 * @throws UsageError when a name, a value or what is stored does not fit; then nothing was written.
 */
export async function pushParameters(order: PushOrder, surroundings: PushSurroundings): Promise<void> {
  const { group, names, keyId } = order;
  const { store, say } = surroundings;
  const chosen = chooseByName(group, [...names, ...order.fromEnv.keys()]);
  const given = takeFromEnvironment(chosen, order.fromEnv, surroundings.env);
  const stored = new Map(
    (await store.listBelow(group.path, { decrypt: false })).map((each) => [
      each.name.slice(group.path.length + 1),
      each,
    ]),
  );
  const wanted =
    chosen.length > 0 ? chosen : group.parameters.filter((each) => isToFillIn(each, stored.get(each.name)));
  if (wanted.length === 0) {
    say(`Nothing is missing below ${group.path}, so nothing was written. To write one anew, name it.\n`);
    return;
  }
  refuseReadableSecrets(wanted, stored);
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
  for (const [name, value] of values) {
    const secret = referredSecret(value);
    if (secret === undefined || order.secretNames.includes(secret)) continue;
    say(`Jobs may not read the secret that ${name} refers to yet: ${ALLOW_SECRET}.\n`);
  }
}

/** What was named instead is not told: somebody may have put a value there. */
function chooseByName({ parameters }: ParameterGroup, names: readonly string[]): GroupParameter[] {
  const known: string[] = parameters.map(({ name }) => name);
  const unknown = [...new Set(names)].flatMap((name, index) => (known.includes(name) ? [] : [index + 1]));
  if (unknown.length > 0) {
    throw new UsageError([
      `Not a parameter that can be written here: name ${unknown.join(', ')}. They are ${known.join(', ')}.`,
    ]);
  }
  return parameters.filter(({ name }) => names.includes(name));
}

function isToFillIn({ isOptional }: GroupParameter, stored: StoredParameter | undefined): boolean {
  if (stored === undefined) return !isOptional;
  return stored.value !== undefined && isPlaceholder(stored.value);
}

async function writeAll(parameters: readonly NewParameter[], { store, say }: PushSurroundings): Promise<void> {
  const written: string[][] = [];
  const tell = (): void => say(formatTable([['WRITTEN', 'VERSION', 'TYPE'], ...written]));
  for (const parameter of parameters) {
    try {
      written.push([parameter.name, String(await store.put(parameter)), parameter.type]);
    } catch (error) {
      if (!(error instanceof AwsRefusedError)) throw error;
      if (written.length > 0) tell();
      const left = parameters.slice(written.length).map(({ name }) => name);
      throw new AwsRefusedError(`${error.message} Not written: ${left.join(', ')}.`);
    }
  }
  tell();
}
