import { ECS_LIMITS } from '@serverless-ops/aws-limits';
import { z } from 'zod';

const environment = z.array(z.object({ name: z.string(), value: z.string() }));

const containerOverrideSchema = z.looseObject({
  name: z.string(),
  command: z.array(z.string()).optional(),
  environment: environment.optional(),
});

const taskOverrideSchema = z.looseObject({
  containerOverrides: z.array(containerOverrideSchema).default([]),
  taskRoleArn: z.string().optional(),
  executionRoleArn: z.string().optional(),
  cpu: z.string().optional(),
  memory: z.string().optional(),
});

export type TaskOverride = z.output<typeof taskOverrideSchema>;

/** Input of RunTask, by its types. What goes beyond types is in `check-run-task.ts`. */
export const runTaskRequestSchema = z.looseObject({
  cluster: z.string().default('default'),
  taskDefinition: z.string(),
  count: z.int().min(1).max(10).default(1),
  launchType: z.enum(['EC2', 'FARGATE', 'EXTERNAL']).optional(),
  capacityProviderStrategy: z
    .array(z.looseObject({ capacityProvider: z.string(), weight: z.int().default(0), base: z.int().default(0) }))
    .optional(),
  networkConfiguration: z
    .looseObject({
      awsvpcConfiguration: z.looseObject({
        subnets: z.array(z.string()).min(1).max(16),
        securityGroups: z.array(z.string()).max(5).default([]),
        assignPublicIp: z.enum(['ENABLED', 'DISABLED']).default('DISABLED'),
      }),
    })
    .optional(),
  overrides: taskOverrideSchema.default({ containerOverrides: [] }),
  startedBy: z
    .string()
    .max(ECS_LIMITS.startedByCharacters, 'startedBy must be at most 128 characters long')
    .regex(/^[A-Za-z0-9_/-]*$/, 'startedBy has letters, digits, - / and _ only')
    .optional(),
  group: z.string().optional(),
  clientToken: z.string().max(64).optional(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
});

export type RunTaskRequest = z.output<typeof runTaskRequestSchema>;
