import type { ParameterStore } from '@serverless-ops/ssm-server';
import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { parseProperties } from '../cloudformation/resource-properties.ts';

const propertiesSchema = z.looseObject({
  Name: z.string().optional(),
  // As AWS: a template cannot make a SecureString.
  Type: z.enum(['String', 'StringList']),
  Value: z.string(),
  Description: z.string().optional(),
});

/** Parameters of templates. */
export const ssmResources = (store: ParameterStore): ResourceHandlers => ({
  'AWS::SSM::Parameter': ({ properties, generatedName }) => {
    const {
      Name: name = generatedName,
      Type: type,
      Value: value,
      Description: description,
    } = parseProperties(propertiesSchema, properties);
    store.put({ name, type, value, description, isTemplates: true });
    return { ref: name, attributes: { Type: type, Value: value } };
  },
});
