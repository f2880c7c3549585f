import { PARAMETER_STORE_LIMITS } from '@serverless-ops/aws-limits';
import { z } from 'zod';
import { createParameterReader } from './parameter-reader.ts';
import { parameterFilterSchema, passes } from './parameter-filter.ts';
import { parameterArn } from './parameter-name.ts';
import { parameterPage } from './parameter-page.ts';
import { DEFAULT_KEY, type ParameterStore, type StoredParameter } from './parameter-store.ts';
import { SsmError } from './ssm-error.ts';

/** A value that is to be encrypted or decrypted. */
export interface KeyUse {
  action: 'kms:Decrypt' | 'kms:Encrypt';
  /** Name of the parameter. */
  name: string;
  /** Id, ARN or alias of the key. */
  keyId: string;
}

export interface SsmActionsOptions<Context> {
  store: ParameterStore;
  /** Throws when the caller may not use the key, or there is no such key. */
  authorizeKey: (use: KeyUse, context: Context) => void;
}

/** Actions of Parameter Store by their API names; each throws `SsmError`. What is not here is not known. */
export type SsmActions<Context> = Readonly<Record<string, (input: unknown, context: Context) => object>>;

const name = z.string().min(1).max(PARAMETER_STORE_LIMITS.requestNameCharacters);
const names = z.array(name).min(1).max(PARAMETER_STORE_LIMITS.namesPerCall);
const WithDecryption = z.boolean().default(false);

/** Makes the actions of a Parameter Store. */
export function createSsmActions<Context>({ store, authorizeKey }: SsmActionsOptions<Context>): SsmActions<Context> {
  const reader = createParameterReader({ store, authorizeKey });

  function action<Schema extends z.ZodType>(
    schema: Schema,
    run: (input: z.output<Schema>, context: Context) => object,
  ): SsmActions<Context>[string] {
    return (raw, context) => {
      const { success, data, error } = schema.safeParse(raw);
      if (!success) throw new SsmError('ValidationException', z.prettifyError(error));
      return run(data, context);
    };
  }

  return {
    PutParameter: action(
      // Strict: a rule that AWS would hold and this store would not must not seem to be taken.
      z.strictObject({
        Name: name,
        Value: z.string(),
        Tier: z.enum(['Standard', 'Advanced', 'Intelligent-Tiering']).optional(),
        DataType: z.literal('text').optional(),
        Type: z.enum(['String', 'StringList', 'SecureString']).optional(),
        KeyId: z.string().optional(),
        Description: z.string().max(PARAMETER_STORE_LIMITS.descriptionCharacters).optional(),
        Overwrite: z.boolean().optional(),
      }),
      ({ Name, Value, Tier, Type, KeyId, Description, Overwrite }, context) => {
        if (Type === 'SecureString') {
          authorizeKey({ action: 'kms:Encrypt', name: Name, keyId: KeyId ?? DEFAULT_KEY }, context);
        }
        const { version, tier } = store.put({
          name: Name,
          value: Value,
          type: Type,
          keyId: KeyId,
          description: Description,
          tier: Tier,
          overwrite: Overwrite,
        });
        return { Version: version, Tier: tier };
      },
    ),

    GetParameter: action(z.object({ Name: name, WithDecryption }), (input, context) => ({
      Parameter: reader.read(input.Name, input.WithDecryption, context),
    })),

    GetParameters: action(z.object({ Names: names, WithDecryption }), (input, context) => {
      const found = input.Names.map((each) => [each, reader.find(each, input.WithDecryption, context)] as const);
      return {
        Parameters: found.flatMap(([, parameter]) => parameter ?? []),
        InvalidParameters: found.flatMap(([each, parameter]) => (parameter === undefined ? [each] : [])),
      };
    }),

    GetParametersByPath: action(
      z.object({
        Path: z.string().startsWith('/', 'must begin with /'),
        Recursive: z.boolean().default(false),
        WithDecryption,
        MaxResults: z.int().min(1).max(PARAMETER_STORE_LIMITS.parametersByPathPage).default(10),
        NextToken: z.string().optional(),
      }),
      (input, context) => {
        const below = store.listByPath(input.Path, input.Recursive);
        const { items, nextToken } = parameterPage(below, input.MaxResults, input.NextToken);
        return {
          Parameters: items.map((each) => reader.describe(each, input.WithDecryption, context)),
          NextToken: nextToken,
        };
      },
    ),

    DescribeParameters: action(
      z.object({
        MaxResults: z.int().min(1).max(50).default(50),
        NextToken: z.string().optional(),
        ParameterFilters: z.array(parameterFilterSchema).default([]),
      }),
      ({ MaxResults, NextToken, ParameterFilters }) => {
        const matching = store.list().filter((each) => ParameterFilters.every((filter) => passes(each, filter)));
        const { items, nextToken } = parameterPage(matching, MaxResults, NextToken);
        return { Parameters: items.map((each) => metadataOf(store, each)), NextToken: nextToken };
      },
    ),

    DeleteParameter: action(z.object({ Name: name }), ({ Name }) => {
      store.delete(Name);
      return {};
    }),

    DeleteParameters: action(z.object({ Names: names }), ({ Names }) => {
      const [there, missing] = [true, false].map((isThere) =>
        Names.filter((each) => (store.find(each) !== undefined) === isThere),
      );
      for (const each of new Set(there)) store.delete(each);
      return { DeletedParameters: there, InvalidParameters: missing };
    }),
  };
}

const metadataOf = ({ account }: ParameterStore, parameter: StoredParameter): object => ({
  Name: parameter.name,
  ARN: parameterArn(account, parameter.name),
  Type: parameter.type,
  KeyId: parameter.keyId,
  LastModifiedDate: parameter.modifiedAt.getTime() / 1000,
  Description: parameter.description,
  Version: parameter.version,
  Tier: parameter.tier,
  Policies: [],
  DataType: 'text',
});
