import { z } from 'zod';

const nameAndValue = z.looseObject({ name: z.string(), value: z.string() });

const containerDefinitionSchema = z.looseObject({
  name: z.string(),
  image: z.string(),
  essential: z.boolean().default(true),
  entryPoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  workingDirectory: z.string().optional(),
  environment: z.array(nameAndValue).default([]),
  secrets: z.array(z.looseObject({ name: z.string(), valueFrom: z.string() })).default([]),
  stopTimeout: z.int().min(0).max(120).default(30),
  logConfiguration: z
    .looseObject({ logDriver: z.string(), options: z.record(z.string(), z.string()).default({}) })
    .optional(),
});

/** What a task definition says, in ECS's own spelling; what nothing here reads is kept for who describes it. */
export const taskDefinitionSchema = z.looseObject({
  family: z.string().regex(/^[\w-]{1,255}$/, 'letters, numbers, - and _, 255 at most'),
  containerDefinitions: z.array(containerDefinitionSchema).min(1),
  networkMode: z.enum(['awsvpc', 'bridge', 'host', 'none']).default('bridge'),
  requiresCompatibilities: z.array(z.string()).default([]),
  taskRoleArn: z.string().optional(),
  executionRoleArn: z.string().optional(),
  cpu: z.string().optional(),
  memory: z.string().optional(),
});

export type ContainerDefinition = z.output<typeof containerDefinitionSchema>;
export type TaskDefinition = z.output<typeof taskDefinitionSchema>;

export interface RegisteredTaskDefinition extends TaskDefinition {
  taskDefinitionArn: string;
  revision: number;
  status: 'ACTIVE' | 'INACTIVE';
  /** Unix seconds. */
  registeredAt: number;
}
