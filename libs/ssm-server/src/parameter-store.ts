import { checkName, checkValue, type ParameterTier } from './check-parameter.ts';
import { type Account, parameterArnPrefix } from './parameter-name.ts';
import { SsmError } from './ssm-error.ts';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface StoredParameter {
  name: string;
  type: ParameterType;
  value: string;
  version: number;
  modifiedAt: Date;
  keyId?: string | undefined;
  description?: string | undefined;
  tier: ParameterTier;
  /** Whether a template made it as it is. */
  isTemplates: boolean;
}

export interface PutParameterRequest {
  name: string;
  type?: ParameterType | undefined;
  value: string;
  keyId?: string | undefined;
  description?: string | undefined;
  /** @default that of the parameter as it is, or Standard */
  tier?: ParameterTier | 'Intelligent-Tiering' | undefined;
  overwrite?: boolean | undefined;
  /** Whether a template makes it. @default false */
  isTemplates?: boolean;
}

/** The key that AWS keeps for Parameter Store, for a caller who names none. */
export const DEFAULT_KEY = 'alias/aws/ssm';

/** "Parameter Store retains up to 100 versions of a parameter" (user guide, "Working with parameter versions"). */
const VERSIONS_KEPT = 100;

/** Parameters with their versions. What it refuses, AWS refuses with the same code. */
export class ParameterStore {
  readonly account: Account;
  /** Secrets of Secrets Manager by their id, which references read. The owner of the store fills it. */
  readonly secrets = new Map<string, string>();
  /** By name: every version that is kept, the oldest first. */
  readonly #parameters = new Map<string, StoredParameter[]>();
  readonly #now: () => Date;

  constructor(account: Account, now: () => Date) {
    this.account = account;
    this.#now = now;
  }

  /** Called after every change. */
  onChange: () => void = () => undefined;

  put(parameter: PutParameterRequest): StoredParameter {
    const { name, type, value, keyId, description, tier, overwrite = false, isTemplates = false } = parameter;
    checkName(name, parameterArnPrefix(this.account));
    const existing = this.find(name);
    if (existing && !overwrite) {
      throw new SsmError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    if (existing && type && type !== existing.type) {
      throw new SsmError(
        'HierarchyTypeMismatchException',
        `The parameter ${name} is a ${existing.type}: its type cannot change.`,
      );
    }
    const newType = type ?? existing?.type;
    if (!newType) {
      throw new SsmError('ValidationException', 'A parameter type is required when you create a parameter.');
    }
    const newTier = checkValue(value, tier ?? existing?.tier ?? 'Standard');
    const stored: StoredParameter = {
      name,
      type: newType,
      value,
      version: (existing?.version ?? 0) + 1,
      modifiedAt: this.#now(),
      keyId: newType === 'SecureString' ? (keyId ?? existing?.keyId ?? DEFAULT_KEY) : undefined,
      description: description ?? existing?.description,
      tier: newTier,
      isTemplates,
    };
    this.#parameters.set(name, [...this.versions(name), stored].slice(-VERSIONS_KEPT));
    this.onChange();
    return stored;
  }

  /** The latest version. */
  find(name: string): StoredParameter | undefined {
    return this.versions(name).at(-1);
  }

  /** Every version that is kept, the oldest first. */
  versions(name: string): readonly StoredParameter[] {
    return this.#parameters.get(name) ?? [];
  }

  delete(name: string): void {
    if (!this.#parameters.delete(name)) throw new SsmError('ParameterNotFound', '');
    this.onChange();
  }

  /** The latest version of every parameter, sorted by name. */
  list(): StoredParameter[] {
    return [...this.#parameters.values()]
      .flatMap((versions) => versions.slice(-1))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Parameters below a path: its direct children, or with `recursive` all of them. */
  listByPath(path: string, recursive: boolean): StoredParameter[] {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    return this.list().filter(
      ({ name }) => name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/')),
    );
  }
}
