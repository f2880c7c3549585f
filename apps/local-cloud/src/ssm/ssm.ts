import { ParameterStore } from '@serverless-ops/ssm-server';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import type { Account } from '../endpoint/account.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import type { KeptState } from '../kept-state.ts';
import type { AuthorizeKeyUse } from '../kms/key-authorizer.ts';
import { ssmResources } from './ssm-resources.ts';
import { createSsmService } from './ssm-service.ts';

export interface SsmOptions {
  account: Account;
  authorizeKey: AuthorizeKeyUse;
  now: () => Date;
}

export interface Ssm {
  service: AwsService;
  resources: ResourceHandlers;
  /** The decrypted value of a parameter, for other services. */
  findParameter: (name: string) => string | undefined;
  /** Puts the parameters of an earlier start over those of the templates, and keeps every later change. */
  keep: (state: KeptState) => void;
}

/** Parameter Store in memory. */
export function createSsm({ account, authorizeKey, now }: SsmOptions): Ssm {
  const store = new ParameterStore(account, now);
  return {
    service: createSsmService({ store, authorizeKey }),
    resources: ssmResources(store),
    findParameter: (name) => store.find(name)?.value,
    keep: (state) => {
      for (const parameter of state.parameters) {
        // A template may have made it under another type since.
        if (store.find(parameter.name)) store.delete(parameter.name);
        store.put(parameter);
      }
      store.onChange = () =>
        state.save({
          parameters: store
            .list()
            .filter(({ isTemplates }) => !isTemplates)
            .map(({ name, type, value, keyId, description, tier }) => ({
              name,
              type,
              value,
              keyId,
              description,
              tier,
            })),
        });
    },
  };
}
