import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { asNumber, parseProperties } from '../cloudformation/resource-properties.ts';
import { type Account, arnOf } from '../endpoint/account.ts';
import type { LogStore } from './log-store.ts';

const propertiesSchema = z.looseObject({
  LogGroupName: z.string().optional(),
  RetentionInDays: z.preprocess(asNumber, z.int()).optional(),
  KmsKeyId: z.string().optional(),
});

/** Log groups of templates. */
export const logsResources = (account: Account, store: LogStore): ResourceHandlers => ({
  'AWS::Logs::LogGroup': ({ properties, generatedName }) => {
    const {
      LogGroupName: name = generatedName,
      RetentionInDays,
      KmsKeyId,
    } = parseProperties(propertiesSchema, properties);
    store.createGroup({ name, retentionInDays: RetentionInDays, kmsKeyId: KmsKeyId });
    return { ref: name, attributes: { Arn: arnOf(account, 'logs', `log-group:${name}:*`) } };
  },
});
