import { statSync } from 'node:fs';
import { LAMBDA_LIMITS } from '@serverless-ops/aws-limits';
import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { asNumber, parseProperties } from '../cloudformation/resource-properties.ts';
import { type Account, arnOf } from '../endpoint/account.ts';
import type { Roles } from '../iam/roles.ts';
import type { LambdaFunction } from './lambda-function.ts';

const functionSchema = z.looseObject({
  FunctionName: z.string().optional(),
  Runtime: z.string().startsWith('nodejs', 'the local cloud runs Node functions only'),
  Handler: z.string(),
  Role: z.string(),
  Code: z.looseObject({ S3Key: z.string('the local cloud runs functions from assets only') }),
  Timeout: z.preprocess(asNumber, z.int()).default(3),
  MemorySize: z.preprocess(asNumber, z.int()).default(128),
  Environment: z.looseObject({ Variables: z.record(z.string(), z.string()).default({}) }).optional(),
  LoggingConfig: z.looseObject({ LogGroup: z.string().optional() }).optional(),
});
const permissionSchema = z.looseObject({
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
});

/** Functions of templates, from their asset folders, and who may invoke them. */
export const lambdaResources = (
  account: Account,
  functions: Map<string, LambdaFunction>,
  roles: Roles,
): ResourceHandlers => ({
  'AWS::Lambda::Function': ({ properties, generatedName, assets }) => {
    const template = parseProperties(functionSchema, properties);
    const codeDirectory = assets.findFile(template.Code.S3Key);
    if (codeDirectory === undefined || !statSync(codeDirectory).isDirectory()) {
      throw new Error(`the assembly has no asset folder for the code ${template.Code.S3Key}`);
    }
    checkEnvironment(template.Environment?.Variables ?? {});
    roles.requireTrust(template.Role, 'lambda.amazonaws.com', { sendsAccount: false });
    const name = template.FunctionName ?? generatedName;
    const arn = arnOf(account, 'lambda', `function:${name}`);
    functions.set(arn, {
      name,
      arn,
      handler: template.Handler,
      codeDirectory,
      environment: template.Environment?.Variables ?? {},
      roleArn: template.Role,
      timeoutSeconds: template.Timeout,
      memoryMib: template.MemorySize,
      logGroup: template.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
      permissions: [],
    });
    return { ref: name, attributes: { Arn: arn } };
  },
  'AWS::Lambda::Permission': ({ properties, generatedName }) => {
    const { FunctionName, Principal, SourceArn } = parseProperties(permissionSchema, properties);
    const target = [...functions.values()].find(({ name, arn }) => FunctionName === name || FunctionName === arn);
    if (!target) throw new Error(`there is no function ${FunctionName}`);
    target.permissions.push({ principal: Principal, sourceArn: SourceArn });
    return { ref: generatedName, attributes: { Id: generatedName } };
  },
});

function checkEnvironment(variables: Readonly<Record<string, string>>): void {
  const bytes = Buffer.byteLength(Object.entries(variables).flat().join(''));
  if (bytes <= LAMBDA_LIMITS.environmentBytes) return;
  throw new Error(`the environment has ${bytes} bytes; Lambda takes ${LAMBDA_LIMITS.environmentBytes}`);
}
