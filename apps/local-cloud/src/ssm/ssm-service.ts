import { z } from 'zod';
import { action } from '../endpoint/action.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import { page } from '../endpoint/page.ts';
import type { CallContext } from '../endpoint/service.ts';
import type { Account } from '../endpoint/account.ts';
import { DEFAULT_KEY, type ParameterStore, type StoredParameter } from './parameter-store.ts';
import { parameterArn, parameterNameOf, ssmPermissions } from './ssm-permissions.ts';

export interface SsmServiceOptions {
  account: Account;
  store: ParameterStore;
  /** Reading and writing an encrypted value takes a right on its key as well. */
  authorizeKey: (
    action: 'kms:Decrypt' | 'kms:Encrypt',
    parameter: { name: string; keyId: string },
    context: CallContext,
  ) => void;
}

const name = z.string().min(1);

/** Parameter Store. */
export function createSsmService({ account, store, authorizeKey }: SsmServiceOptions): AwsService {
  const found = (parameter: StoredParameter, withDecryption: boolean | undefined, context: CallContext) => {
    const { name: parameterName, keyId } = parameter;
    if (keyId !== undefined && withDecryption) authorizeKey('kms:Decrypt', { name: parameterName, keyId }, context);
    const encrypted = keyId !== undefined && !withDecryption;
    return {
      Name: parameter.name,
      Type: parameter.type,
      Value: encrypted ? ciphertextOf(parameter) : parameter.value,
      Version: parameter.version,
      LastModifiedDate: parameter.modifiedAt.getTime() / 1000,
      ARN: parameterArn(account, parameter.name),
      DataType: 'text',
    };
  };

  const putParameter = action(
    // Strict: a rule that AWS would hold and this store would not must not seem to be taken.
    z.strictObject({
      Name: name,
      Value: z.string(),
      Tier: z.enum(['Standard', 'Advanced', 'Intelligent-Tiering']).optional(),
      DataType: z.literal('text').optional(),
      Type: z.enum(['String', 'StringList', 'SecureString']).optional(),
      KeyId: z.string().optional(),
      Description: z.string().optional(),
      Overwrite: z.boolean().optional(),
    }),
    (input, context) => {
      if (input.Type === 'SecureString') {
        const keyId = input.KeyId ?? DEFAULT_KEY;
        authorizeKey('kms:Encrypt', { name: input.Name, keyId }, context);
      }
      const { version, tier } = store.put({
        name: input.Name,
        value: input.Value,
        type: input.Type,
        keyId: input.KeyId,
        description: input.Description,
        tier: input.Tier,
        overwrite: input.Overwrite,
      });
      return { Version: version, Tier: tier };
    },
  );

  const getParameter = action(z.object({ Name: name, WithDecryption: z.boolean().optional() }), (input, context) => {
    const parameter = store.find(parameterNameOf(input.Name));
    if (!parameter) throw new AwsError('ParameterNotFound', '');
    return { Parameter: found(parameter, input.WithDecryption, context) };
  });

  const getParameters = action(
    z.object({ Names: z.array(name).min(1).max(10), WithDecryption: z.boolean().optional() }),
    (input, context) => {
      const parameters = input.Names.map((each) => [each, store.find(parameterNameOf(each))] as const);
      return {
        Parameters: parameters.flatMap(([, each]) => (each ? [found(each, input.WithDecryption, context)] : [])),
        InvalidParameters: parameters.flatMap(([each, parameter]) => (parameter ? [] : [each])),
      };
    },
  );

  const getParametersByPath = action(
    z.object({
      Path: z.string().startsWith('/', 'must begin with /'),
      Recursive: z.boolean().optional(),
      WithDecryption: z.boolean().optional(),
      MaxResults: z.int().min(1).max(10).default(10),
      NextToken: z.string().optional(),
    }),
    (input, context) => {
      const below = store.listByPath(input.Path, input.Recursive ?? false);
      const { items, nextToken } = page(below, { size: input.MaxResults, token: input.NextToken });
      return { Parameters: items.map((each) => found(each, input.WithDecryption, context)), NextToken: nextToken };
    },
  );

  const describeParameters = action(
    z.object({
      MaxResults: z.int().min(1).max(50).default(50),
      NextToken: z.string().optional(),
      ParameterFilters: z
        .array(
          z.object({
            Key: z.enum(['Name', 'Type', 'Path']),
            Option: z.string().optional(),
            Values: z.array(z.string()),
          }),
        )
        .default([]),
    }),
    (input) => {
      const matching = store.list().filter((each) => input.ParameterFilters.every((filter) => passes(each, filter)));
      const { items, nextToken } = page(matching, { size: input.MaxResults, token: input.NextToken });
      const Parameters = items.map((each) => ({
        Name: each.name,
        ARN: parameterArn(account, each.name),
        Type: each.type,
        KeyId: each.keyId,
        LastModifiedDate: each.modifiedAt.getTime() / 1000,
        Description: each.description,
        Version: each.version,
        Tier: each.tier,
        Policies: [],
        DataType: 'text',
      }));
      return { Parameters, NextToken: nextToken };
    },
  );

  const deleteParameter = action(z.object({ Name: name }), (input) => {
    store.delete(input.Name);
    return {};
  });

  const deleteParameters = action(z.object({ Names: z.array(name).min(1).max(10) }), ({ Names }) => {
    const [there, missing] = [true, false].map((isThere) =>
      Names.filter((each) => (store.find(each) !== undefined) === isThere),
    );
    for (const each of new Set(there)) store.delete(each);
    return { DeletedParameters: there, InvalidParameters: missing };
  });

  return {
    name: 'ssm',
    actions: {
      PutParameter: putParameter,
      GetParameter: getParameter,
      GetParameters: getParameters,
      GetParametersByPath: getParametersByPath,
      DescribeParameters: describeParameters,
      DeleteParameter: deleteParameter,
      DeleteParameters: deleteParameters,
    },
    permissions: (actionName, input) => ssmPermissions(account, actionName, input),
  };
}

/** What an encrypted value looks like to somebody who did not ask for decryption: never the value. */
const ciphertextOf = ({ name, version }: StoredParameter): string =>
  Buffer.from(`encrypted:${name}:${version}`).toString('base64');

interface ParameterFilter {
  Key: 'Name' | 'Type' | 'Path';
  Option?: string | undefined;
  Values: string[];
}

function passes(parameter: StoredParameter, { Key, Option, Values }: ParameterFilter): boolean {
  switch (Key) {
    case 'Type':
      return Values.includes(parameter.type);
    case 'Path':
      return Values.some((path) => parameter.name.startsWith(path.endsWith('/') ? path : `${path}/`));
    case 'Name':
      return Values.some((value) => {
        if (Option === 'BeginsWith') return parameter.name.startsWith(value);
        return Option === 'Contains' ? parameter.name.includes(value) : parameter.name === value;
      });
  }
}
