import { ECSClient } from '@aws-sdk/client-ecs';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { readConfig } from './config.ts';
import { watch } from './watch.ts';

const config = readConfig();
const aws = { ecs: new ECSClient(), sfn: new SFNClient(), sns: new SNSClient() };

/** Entry point of the function: one event of a task or of an execution. */
export const handler = (event: unknown): Promise<void> => watch(event, config, aws);
