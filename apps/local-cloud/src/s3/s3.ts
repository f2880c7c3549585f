import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { parseProperties } from '../cloudformation/resource-properties.ts';
import type { Account } from '../endpoint/account.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { HttpService } from '../endpoint/aws-call-router.ts';
import type { CallContext } from '../endpoint/service.ts';
import type { Authorize } from '../iam/authorizer.ts';
import { parsePolicyDocument, type Statement } from '../iam/policy-document.ts';
import type { AuthorizeKeyUse, KeyUse } from '../kms/key-authorizer.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import { createObjectServer } from './object-server.ts';
import { createS3Http } from './s3-http.ts';
import type { S3Operation } from './s3-operation.ts';
import { s3Permissions } from './s3-permissions.ts';

export interface S3Options {
  account: Account;
  authorize: Authorize;
  authorizeKey: AuthorizeKeyUse;
  log: (line: string) => void;
  now: () => Date;
}

export interface S3 {
  http: HttpService;
  resources: ResourceHandlers;
  /** Makes a bucket that no template has. */
  createBucket(name: string): Promise<void>;
  close(): Promise<void>;
}

/** What the template says of a bucket, as far as it decides who may do what. */
interface BucketRules {
  keyId: string | undefined;
  policy: Statement[];
}

const bucketSchema = z.looseObject({
  BucketName: z.string().optional(),
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

/** S3, in memory, with the buckets of templates. */
export function createS3({ account, authorize, authorizeKey, log, now }: S3Options): S3 {
  const objects = createObjectServer();
  const buckets = new Map<string, BucketRules>();

  const authorizeCall = (operation: S3Operation, request: Parameters<HttpService>[0], context: CallContext): void => {
    const { keyId, policy: resourcePolicy } = buckets.get(operation.bucket) ?? { keyId: undefined, policy: [] };
    for (const permission of s3Permissions(operation, request))
      authorize(context.principal, { ...permission, resourcePolicy });
    if (keyId === undefined) return;
    for (const action of KEY_USES[operation.name] ?? []) {
      authorizeKey(context.principal, { action, key: keyId, via: 's3' });
    }
  };

  const mayList = ({ bucket }: S3Operation, { principal }: CallContext): boolean => {
    try {
      authorize(principal, { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` });
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  };

  return {
    http: createS3Http({
      objects,
      uploads: new MultipartUploads(now),
      region: account.region,
      authorize: authorizeCall,
      mayList,
      log,
    }),
    resources: {
      'AWS::S3::Bucket': async ({ properties, generatedName }) => {
        const bucket = parseProperties(bucketSchema, properties);
        const name = bucket.BucketName ?? generatedName.toLowerCase();
        await createBucket(objects, name);
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
    createBucket: async (name) => {
      await createBucket(objects, name);
      buckets.set(name, { keyId: undefined, policy: [] });
    },
    close: () => objects.close(),
  };
}

async function createBucket(objects: ReturnType<typeof createObjectServer>, name: string): Promise<void> {
  const request = { method: 'PUT', path: `/${name}`, query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0) };
  const answer = await objects.send(request);
  if (answer.status !== 200) throw new Error(`bucket ${name} cannot be made: ${answer.body.toString()}`);
}

const bucketAttributes = ({ region }: Account, name: string) => ({
  Arn: `arn:aws:s3:::${name}`,
  DomainName: `${name}.s3.amazonaws.com`,
  RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
});
