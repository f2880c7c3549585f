import { GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import type { AwsClients } from './aws-clients.ts';
import { CheckFailedError } from './errors.ts';
import { JobsApi } from './jobs-api.ts';
import type { Leftovers } from './leftovers.ts';

/** What a {@link Scene} is made of. */
export interface SceneProps {
  readonly aws: AwsClients;
  /** First part of the name of everything that is deployed. */
  readonly namePrefix: string;
  /** Where parameters are in Parameter Store, without a slash at the end. */
  readonly parameterPrefix: string;
  /** Name of this run: `smoke-` and random digits. Everything that it makes has it in its name. */
  readonly run: string;
  readonly leftovers: Leftovers;
  /** Aborted when the user ends the program. */
  readonly signal: AbortSignal;
}

/** The installation that is checked, and what earlier checks found out for later ones. */
export class Scene {
  readonly aws: AwsClients;
  readonly namePrefix: string;
  readonly run: string;
  readonly leftovers: Leftovers;
  readonly signal: AbortSignal;
  /** Name of an output to its value, of all stacks. The first check fills it. */
  readonly outputs = new Map<string, string>();
  /** The database of the dry runs: its name, its environment, and its path in Parameter Store. */
  readonly database: { readonly dbName: string; readonly dbEnv: string; readonly path: string };
  /** A job that ended well. */
  endedJobId: string | undefined;

  constructor({ aws, namePrefix, parameterPrefix, run, leftovers, signal }: SceneProps) {
    this.aws = aws;
    this.namePrefix = namePrefix;
    this.run = run;
    this.leftovers = leftovers;
    this.signal = signal;
    this.database = { dbName: run, dbEnv: 'smoke', path: `${parameterPrefix}/databases/${run}/smoke` };
  }

  /** The order of a dry run. */
  get dryRun(): { job_name: string; job_options: { db_name: string; db_env: string } } {
    return { job_name: 'db_backup', job_options: { db_name: this.database.dbName, db_env: this.database.dbEnv } };
  }

  output(name: string): string {
    const value = this.outputs.get(name);
    if (value !== undefined) return value;
    throw new CheckFailedError(`No stack has the output ${name}.`, 'Deploy again: npm run deploy');
  }

  /** The API, with the key that a caller would get from operations. */
  async api(): Promise<JobsApi> {
    const apiKey = this.output('ApiKeyId');
    const { value } = await this.aws.apiGateway.send(new GetApiKeyCommand({ apiKey, includeValue: true }));
    if (value === undefined) {
      throw new CheckFailedError(`API Gateway gave no value of the API key ${apiKey}.`, 'Deploy the API again.');
    }
    return new JobsApi(this.output('ApiUrl'), value);
  }
}
