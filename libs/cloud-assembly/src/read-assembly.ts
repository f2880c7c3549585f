import { readFileSync } from 'node:fs';
import {
  AssetManifestArtifact,
  CloudAssembly,
  UNKNOWN_ACCOUNT,
  UNKNOWN_REGION,
  type CloudFormationStackArtifact,
} from 'aws-cdk-lib/cx-api';

/** A stack as `cdk synth` left it. */
export interface StackArtifact {
  readonly name: string;
  /** Unique in its assembly. Dependencies name it. */
  readonly artifactId: string;
  /** Artifact ids of what is deployed before it. */
  readonly dependencies: readonly string[];
  /** Undefined where the stack was synthesized for any account or region. */
  readonly accountId: string | undefined;
  readonly region: string | undefined;
  readonly templateFile: string;
  /** Parsed JSON; the caller's schema says what is in it. */
  readonly template: unknown;
}

/** A `cdk.out` folder, or one that is nested in it. */
export interface Assembly {
  readonly folder: string;
  readonly stacks: readonly StackArtifact[];
  /** Parsed asset manifests; paths in them are relative to the folder. */
  readonly assetManifests: readonly unknown[];
  readonly nested: readonly Assembly[];
}

/**
 * Reads a `cdk.out` folder.
 *
 * @throws Error when the folder is no cloud assembly, or one of a newer CDK
 */
export function readAssembly(folder: string): Assembly {
  return toAssembly(new CloudAssembly(folder));
}

function toAssembly(assembly: CloudAssembly): Assembly {
  return {
    folder: assembly.directory,
    stacks: assembly.stacks.map(toStack),
    assetManifests: assembly.artifacts
      .filter(AssetManifestArtifact.isAssetManifestArtifact)
      .map(({ file }) => readJson(file)),
    nested: assembly.nestedAssemblies.map(({ nestedAssembly }) => toAssembly(nestedAssembly)),
  };
}

function toStack(stack: CloudFormationStackArtifact): StackArtifact {
  const { account, region } = stack.environment;
  return {
    name: stack.stackName,
    artifactId: stack.id,
    dependencies: stack.dependencies.map(({ id }) => id),
    accountId: account === UNKNOWN_ACCOUNT ? undefined : account,
    region: region === UNKNOWN_REGION ? undefined : region,
    templateFile: stack.templateFullPath,
    template: readJson(stack.templateFullPath),
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
