import { S3Server, type S3Call } from '@serverless-ops/s3-server';
import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { parseProperties } from '../cloudformation/resource-properties.ts';
import type { Account } from '../endpoint/account.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { StreamingService } from '../endpoint/http-server.ts';
import type { CallContext } from '../endpoint/service.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { parsePolicyDocument, type Statement } from '../iam/policy-document.ts';
import type { AuthorizeKeyUse, KeyUse } from '../kms/key-authorizer.ts';
import { createS3Http } from './s3-http.ts';
import { s3Permissions } from './s3-permissions.ts';

export interface S3Options {
  account: Account;
  authorize: Authorize;
  authorizeKey: AuthorizeKeyUse;
  log: (line: string) => void;
  now: () => Date;
}

export interface S3 {
  http: StreamingService;
  resources: ResourceHandlers;
  /** Makes a bucket that no template has. */
  createBucket(name: string): void;
  close(): void;
}

/** What the template says of a bucket, as far as it decides who may do what. */
interface BucketRules {
  keyId: string | undefined;
  policy: Statement[];
}

const bucketSchema = z.looseObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.looseObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  BucketEncryption: z
    .looseObject({
      ServerSideEncryptionConfiguration: z.array(
        z.looseObject({
          ServerSideEncryptionByDefault: z.looseObject({ KMSMasterKeyID: z.string().optional() }).optional(),
        }),
      ),
    })
    .optional(),
});
const policySchema = z.looseObject({ Bucket: z.string(), PolicyDocument: z.json() });

/** What using the key of an encrypted bucket takes: reading decrypts, writing parts does both. */
const KEY_USES: Readonly<Record<string, KeyUse['action'][]>> = {
  GetObject: ['kms:Decrypt'],
  PutObject: ['kms:GenerateDataKey'],
  CopyObject: ['kms:GenerateDataKey'],
  CreateMultipartUpload: ['kms:GenerateDataKey'],
  UploadPart: ['kms:GenerateDataKey', 'kms:Decrypt'],
  CompleteMultipartUpload: ['kms:Decrypt'],
};

/** S3 with the buckets of templates, and the rights that roles and bucket policies give. */
export function createS3({ account, authorize, authorizeKey, log, now }: S3Options): S3 {
  const server = new S3Server({ region: account.region, now });
  const buckets = new Map<string, BucketRules>();

  const authorizeCall = (call: S3Call, document: string, context: CallContext): void => {
    const { keyId, policy: resourcePolicy } = buckets.get(call.bucket) ?? { keyId: undefined, policy: [] };
    for (const permission of s3Permissions(call, document))
      authorize(context.principal, { ...permission, resourcePolicy });
    if (keyId === undefined) return;
    for (const action of KEY_USES[call.operation] ?? []) {
      authorizeKey(context.principal, { action, key: keyId, via: 's3' });
    }
  };

  const mayList = ({ bucket }: S3Call, { principal }: CallContext): boolean => {
    try {
      authorize(principal, { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` });
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  };

  return {
    http: createS3Http({ server, authorize: authorizeCall, mayList, log }),
    resources: {
      'AWS::S3::Bucket': ({ properties, generatedName }) => {
        const bucket = parseProperties(bucketSchema, properties);
        const name = bucket.BucketName ?? generatedName.toLowerCase();
        server.createBucket(name, bucket.VersioningConfiguration?.Status);
        const [encryption] = bucket.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
        buckets.set(name, { keyId: encryption?.ServerSideEncryptionByDefault?.KMSMasterKeyID, policy: [] });
        return { ref: name, attributes: bucketAttributes(account, name) };
      },
      'AWS::S3::BucketPolicy': ({ properties, generatedName }) => {
        const { Bucket, PolicyDocument } = parseProperties(policySchema, properties);
        const rules = buckets.get(Bucket);
        if (!rules) throw new Error(`there is no bucket ${Bucket} in the templates`);
        rules.policy.push(...parsePolicyDocument(PolicyDocument));
        return { ref: generatedName, attributes: {} };
      },
    },
    createBucket: (name) => {
      server.createBucket(name);
      buckets.set(name, { keyId: undefined, policy: [] });
    },
    close: () => server.close(),
  };
}

const bucketAttributes = ({ region }: Account, name: string) => ({
  Arn: `arn:aws:s3:::${name}`,
  DomainName: `${name}.s3.amazonaws.com`,
  RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
});
