import { createHash } from 'node:crypto';
import { type Account, arnOf } from '../endpoint/account.ts';
import type { Json } from '../endpoint/service.ts';
import type { AssembledStack } from './assembly.ts';
import { referencesOf } from './references.ts';
import type { CreatedResource, ResourceHandlers } from './resource-handler.ts';
import { TemplateResolver } from './template-resolver.ts';
import { topologicalOrder } from './topological-order.ts';

export interface DeployOptions {
  account: Account;
  handlers: ResourceHandlers;
  findParameter: (name: string) => string | undefined;
}

export interface DeployedStack {
  name: string;
  stackId: string;
  outputs: Readonly<Record<string, string>>;
  /** By name of the output; one without a description is not here. */
  outputDescriptions: Readonly<Record<string, string>>;
  resources: readonly DeployedResource[];
}

/** A resource as `DescribeStackResources` shows it. */
export interface DeployedResource {
  logicalId: string;
  /** What `Ref` gives. */
  physicalId: string;
  type: string;
}

/**
 * Creates the resources of one stack and resolves its outputs. What goes wrong is added to `problems`, and the rest
 * is still tried, so that one start shows everything to correct.
 */
export async function deployStack(
  stack: AssembledStack,
  options: DeployOptions,
  problems: string[],
): Promise<DeployedStack> {
  const { template, name } = stack;
  const report = (where: string, error: unknown): void => {
    problems.push(`${name}: ${where}: ${error instanceof Error ? error.message : String(error)}`);
  };
  const resources = new Map<string, CreatedResource>();
  const values = { ...pseudoParameters(stack, options.account), ...parameterValues(stack, options, report) };
  const resolver = new TemplateResolver({ template, values, resources, findParameter: options.findParameter });

  const failed = new Set(Object.keys(template.Parameters).filter((parameter) => values[parameter] === undefined));
  for (const [logicalId, resource] of creationOrder(stack)) {
    // Its own problem is told already; one for everything that needs it would hide the others.
    if ([...referencesOf(resource)].some((reference) => failed.has(reference))) {
      failed.add(logicalId);
      continue;
    }
    try {
      if (resource.Condition !== undefined && !resolver.condition(resource.Condition)) continue;
      const properties = resolver.resolveProperties(resource.Properties);
      const create = options.handlers[resource.Type];
      if (!create) throw new Error('the local cloud does not know this resource type');
      const generatedName = generateName(name, logicalId);
      resources.set(
        logicalId,
        await create({ logicalId, properties, stackName: name, assets: stack.assets, generatedName }),
      );
    } catch (error) {
      failed.add(logicalId);
      report(`${resource.Type} ${logicalId}`, error);
    }
  }

  const outputs: Record<string, string> = {};
  for (const [outputName, { Value, Condition }] of Object.entries(template.Outputs)) {
    try {
      if (Condition !== undefined && !resolver.condition(Condition)) continue;
      outputs[outputName] = outputText(resolver.resolve(Value));
    } catch (error) {
      if (failed.size === 0) report(`output ${outputName}`, error);
    }
  }
  return {
    name,
    stackId: stackIdOf(name, options.account),
    outputs,
    outputDescriptions: descriptionsOf(stack),
    resources: [...resources].map(([logicalId, { ref }]) => ({
      logicalId,
      physicalId: ref,
      type: template.Resources[logicalId]?.Type ?? '',
    })),
  };
}

const stackIdOf = (name: string, account: Account): string =>
  arnOf(account, 'cloudformation', `stack/${name}/00000000-0000-0000-0000-000000000000`);

const descriptionsOf = ({ template }: AssembledStack): Record<string, string> =>
  Object.fromEntries(
    Object.entries(template.Outputs).flatMap(([outputName, { Description }]) =>
      Description === undefined ? [] : [[outputName, Description]],
    ),
  );

function creationOrder({ template }: AssembledStack) {
  const entries = Object.entries(template.Resources);
  const byId = new Map(entries.map((entry) => [entry[0], entry]));
  return topologicalOrder(entries, ([, resource]) =>
    [...referencesOf(resource)].map((reference) => byId.get(reference)).filter((entry) => entry !== undefined),
  );
}

const pseudoParameters = ({ name }: AssembledStack, account: Account): Record<string, Json> => ({
  'AWS::AccountId': account.accountId,
  'AWS::Region': account.region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': name,
  'AWS::StackId': stackIdOf(name, account),
  'AWS::NotificationARNs': [],
});

function parameterValues(
  { template }: AssembledStack,
  { findParameter }: DeployOptions,
  report: (where: string, error: unknown) => void,
): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const [name, { Type, Default }] of Object.entries(template.Parameters)) {
    const fromStore = /^AWS::SSM::Parameter::Value<(.*)>$/.exec(Type)?.[1];
    const value = fromStore === undefined ? Default : findStored(String(Default), findParameter);
    if (value === undefined) {
      report(
        `parameter ${name}`,
        fromStore === undefined
          ? 'it has no default'
          : `Parameter Store has no ${String(Default)}: give the folder of the stack that creates it, too`,
      );
      continue;
    }
    const isList = /^(List<.*>|CommaDelimitedList)$/.test(fromStore ?? Type);
    values[name] = isList
      ? String(value)
          .split(',')
          .map((item) => item.trim())
      : value;
  }
  return values;
}

/** The version of CDK's bootstrap stack, which every template of CDK asks for and which nothing here needs. */
const findStored = (name: string, findParameter: DeployOptions['findParameter']): string | undefined =>
  /^\/cdk-bootstrap\/[^/]+\/version$/.test(name) ? '999' : findParameter(name);

/** As CloudFormation: stack, logical id, and characters that make it unique. */
function generateName(stackName: string, logicalId: string): string {
  const digest = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex');
  return `${stackName}-${logicalId.slice(0, 24)}-${digest.slice(0, 12).toUpperCase()}`;
}

const outputText = (value: Json): string => {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(outputText).join(',') : JSON.stringify(value);
};
