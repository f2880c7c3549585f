import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import type { Resource } from '../assembly/template.ts';
import { whereIs, type Finding } from '../exceptions/finding.ts';

/** What is gone for good when its resource is. Names of families, so that a new kind of table or bucket counts too. */
const KEEPS_DATA =
  /^AWS::(S3::Bucket|S3Express::DirectoryBucket|KMS::(Key|ReplicaKey)|DynamoDB::(Table|GlobalTable)|RDS::DB(Instance|Cluster)|EFS::FileSystem|SecretsManager::Secret|ECR::Repository|Cognito::UserPool|Backup::BackupVault|EC2::Volume|SQS::Queue)$/;

/**
 * What keeps data must outlive its stack, and its own replacement; everything else must go with the stack, so that
 * nothing is paid for afterwards and the stack can be deployed again under the same names.
 */
export function removalProblems(stack: SynthesizedStack): Finding[] {
  return Object.entries(stack.template.Resources).flatMap(([id, resource]) => {
    const what = removalProblem(resource);
    return what === undefined ? [] : [{ where: whereIs(stack, id), what }];
  });
}

function removalProblem({ Type, DeletionPolicy = 'Delete', UpdateReplacePolicy = 'Delete' }: Resource) {
  const onRemoval = DeletionPolicy !== 'Delete';
  const onReplacement = UpdateReplacePolicy !== 'Delete';
  if (!KEEPS_DATA.test(Type)) return onRemoval || onReplacement ? `${Type} stays when its stack goes` : undefined;
  if (!onRemoval) return `${Type} keeps data and goes with its stack`;
  return onReplacement ? undefined : `${Type} keeps data and goes when it is replaced`;
}
