import { parsePolicyDocument, type Statement } from '../iam/policy-document.ts';
import type { Json } from '../endpoint/service.ts';

export interface Key {
  keyId: string;
  arn: string;
  description: string;
  policy: Statement[];
}

/** KMS keys and their aliases. Nothing is encrypted: a key here is only who may use it. */
export class Keys {
  readonly #keys = new Map<string, Key>();
  readonly #aliases = new Map<string, string>();

  define({ policy, ...key }: Omit<Key, 'policy'> & { policy: Json | undefined }): void {
    this.#keys.set(key.arn, { ...key, policy: parsePolicyDocument(policy) });
  }

  /** Gives a key a second name. Throws when there is no such key. */
  alias(aliasName: string, target: string): void {
    const key = this.find(target);
    if (!key) throw new Error(`There is no key ${target}.`);
    this.#aliases.set(aliasName, key.arn);
  }

  /** By id, ARN, alias or ARN of an alias. */
  find(reference: string): Key | undefined {
    const name = /:(alias\/.+)$/.exec(reference)?.[1] ?? reference;
    const arn = this.#aliases.get(name) ?? reference;
    return this.#keys.get(arn) ?? this.list().find(({ keyId }) => keyId === arn);
  }

  list(): Key[] {
    return [...this.#keys.values()];
  }

  listAliases(): { aliasName: string; key: Key | undefined }[] {
    return [...this.#aliases].map(([aliasName, arn]) => ({ aliasName, key: this.#keys.get(arn) }));
  }
}
