import { backupBucketName, resourceNames } from '@serverless-ops/names';
import type { Settings } from '@serverless-ops/settings';
import { Fn, PermissionsBoundary, Stack, type App } from 'aws-cdk-lib';

type Names = ReturnType<typeof resourceNames>;

/**
 * A stack of this installation: where it is deployed to, what it is called and tagged, and what its roles may be allowed
 * at most, follows from the settings.
 */
export class OpsStack extends Stack {
  readonly settings: Settings;
  readonly names: Names;

  constructor(app: App, settings: Settings, stack: keyof Names['stacks'], description: string) {
    const names = resourceNames(settings.namePrefix);
    const { account, region, permissionsBoundary } = settings;
    super(app, names.stacks[stack], {
      description,
      env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
      tags: { application: settings.namePrefix, ...settings.tags },
      ...(permissionsBoundary !== undefined && { permissionsBoundary: boundaryOf(permissionsBoundary) }),
    });
    this.settings = settings;
    this.names = { ...names, cluster: settings.clusterName ?? names.cluster };
  }

  /**
   * The first two zones of the region, which CloudFormation looks up. With an account and region, the CDK would look them
   * up itself, and no test, demo or build without credentials of that account could synthesize.
   */
  override get availabilityZones(): string[] {
    return [0, 1].map((index) => Fn.select(index, Fn.getAzs()));
  }

  /** The bucket for backups that the settings name, or else the one that Foundation makes. */
  get backupBucketName(): string {
    const { namePrefix, backups } = this.settings;
    return backups.bucketName ?? backupBucketName(namePrefix, this.account, this.region);
  }

  /** The database in commands to paste: the first of the settings, or the sample database of the README. */
  get exampleDatabase(): { readonly dbName: string; readonly dbEnv: string } {
    return this.settings.databases[0] ?? { dbName: 'classicmodels', dbEnv: 'demo' };
  }
}

function boundaryOf(policy: string): PermissionsBoundary {
  return policy.startsWith('arn:') ? PermissionsBoundary.fromArn(policy) : PermissionsBoundary.fromName(policy);
}
