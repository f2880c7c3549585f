import { type Account, arnOf } from '../endpoint/account.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { checkName, checkValue, type ParameterTier } from './parameter-rules.ts';

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

export interface NewParameter {
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

/** The key that AWS keeps for Parameter Store, for a call that names no key. */
export const DEFAULT_KEY = 'alias/aws/ssm';

/** Parameters with their versions. What it refuses, AWS refuses with the same code. */
export class ParameterStore {
  readonly #parameters = new Map<string, StoredParameter>();
  readonly #now: () => Date;

  readonly #arnPrefix: string;

  constructor(account: Account, now: () => Date) {
    this.#arnPrefix = arnOf(account, 'ssm', 'parameter');
    this.#now = now;
  }

  /** Called after every change. */
  onChange: () => void = () => undefined;

  put(parameter: NewParameter): StoredParameter {
    const { name, type, value, keyId, description, tier, overwrite = false, isTemplates = false } = parameter;
    checkName(name, this.#arnPrefix);
    const existing = this.#parameters.get(name);
    if (existing && !overwrite) {
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    if (existing && type && type !== existing.type) {
      throw new AwsError(
        'HierarchyTypeMismatch',
        `The parameter ${name} is a ${existing.type}: its type cannot change.`,
      );
    }
    const newType = type ?? existing?.type;
    if (!newType) {
      throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
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
    this.#parameters.set(name, stored);
    this.onChange();
    return stored;
  }

  find(name: string): StoredParameter | undefined {
    return this.#parameters.get(name);
  }

  delete(name: string): void {
    if (!this.#parameters.delete(name)) throw new AwsError('ParameterNotFound', '');
    this.onChange();
  }

  /** Every parameter, sorted by name. */
  list(): StoredParameter[] {
    return [...this.#parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Parameters below a path: its direct children, or with `recursive` all of them. */
  listByPath(path: string, recursive: boolean): StoredParameter[] {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    return this.list().filter(
      ({ name }) => name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/')),
    );
  }
}
