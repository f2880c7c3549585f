import type { Json, JsonObject } from '../endpoint/service.ts';
import type { AssemblyAssets } from './assembly-assets.ts';

/** A resource of a template with everything in its properties resolved. */
export interface ResourceRequest {
  logicalId: string;
  properties: JsonObject;
  stackName: string;
  assets: AssemblyAssets;
  /** A name as CloudFormation makes one for a resource without; the same on every start. */
  generatedName: string;
}

/** What others in the template can refer to. */
export interface CreatedResource {
  /** Value of `Ref`. */
  ref: string;
  /** Values of `Fn::GetAtt`. */
  attributes: Readonly<Record<string, Json>>;
}

/** Creates one resource. Throws an error that says what is wrong with its properties. */
export type ResourceHandler = (request: ResourceRequest) => CreatedResource | Promise<CreatedResource>;

/** By resource type: `AWS::SSM::Parameter`. */
export type ResourceHandlers = Readonly<Record<string, ResourceHandler>>;
