import { AwsError } from '../endpoint/aws-error.ts';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

export interface StoredParameter {
  name: string;
  type: ParameterType;
  value: string;
  version: number;
  modifiedAt: Date;
  keyId?: string | undefined;
  description?: string | undefined;
}

export interface NewParameter {
  name: string;
  type?: ParameterType | undefined;
  value: string;
  keyId?: string | undefined;
  description?: string | undefined;
  overwrite?: boolean | undefined;
}

/** The key that AWS keeps for Parameter Store, for whoever names none. */
export const DEFAULT_KEY = 'alias/aws/ssm';

/** Standard tier: AWS refuses longer values unless the advanced tier is asked for. */
const MAX_VALUE_BYTES = 4096;

/** Parameters with their versions. What it refuses, AWS refuses with the same code. */
export class ParameterStore {
  readonly #parameters = new Map<string, StoredParameter>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  put({ name, type, value, keyId, description, overwrite = false }: NewParameter): StoredParameter {
    checkName(name);
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
    if (value === '') throw new AwsError('ValidationException', 'Parameter value must not be empty.');
    if (Buffer.byteLength(value) > MAX_VALUE_BYTES) {
      throw new AwsError(
        'ValidationException',
        'Standard tier parameters support a maximum parameter value of 4096 characters.',
      );
    }
    const stored: StoredParameter = {
      name,
      type: newType,
      value,
      version: (existing?.version ?? 0) + 1,
      modifiedAt: this.#now(),
      keyId: newType === 'SecureString' ? (keyId ?? existing?.keyId ?? DEFAULT_KEY) : undefined,
      description: description ?? existing?.description,
    };
    this.#parameters.set(name, stored);
    return stored;
  }

  find(name: string): StoredParameter | undefined {
    return this.#parameters.get(name);
  }

  delete(name: string): void {
    if (!this.#parameters.delete(name)) throw new AwsError('ParameterNotFound', '');
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

function checkName(name: string): void {
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw new AwsError(
      'ValidationException',
      'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
    );
  }
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(name) || (name.includes('/') && !name.startsWith('/')) || name.endsWith('/')) {
    throw new AwsError(
      'ValidationException',
      `Parameter name ${name} is not valid: letters, numbers and .-_ below paths that begin with /.`,
    );
  }
}
