import {
  GetParameterCommand,
  paginateGetParametersByPath,
  ParameterNotFound,
  PutParameterCommand,
  DeleteParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { describeAwsProblem } from '@serverless-ops/aws-problem';
import { NotReadyError } from './errors.ts';

/** Parameter Store, as a deploy uses it. Everything throws {@link NotReadyError} when AWS does not do what is asked. */
export interface DeployParameterStore {
  /** The value of a parameter, `undefined` if there is none. */
  find(name: string): Promise<string | undefined>;
  /** Names of the parameters right below a path, without the path. */
  namesBelow(path: string): Promise<string[]>;
  put(name: string, value: string): Promise<void>;
  /** Removes a parameter, if there is one. */
  remove(name: string): Promise<void>;
}

export function createDeployParameterStore(client: SSMClient): DeployParameterStore {
  return {
    async find(Name) {
      const found = await ifFound(`read ${Name}`, () => client.send(new GetParameterCommand({ Name })));
      return found?.Parameter?.Value;
    },
    async namesBelow(path) {
      return translated(`list what is below ${path}`, async () => {
        const names: string[] = [];
        for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, { Path: path })) {
          names.push(...Parameters.map(({ Name = '' }) => Name.slice(path.length + 1)));
        }
        return names;
      });
    },
    async put(Name, Value) {
      await translated(`write ${Name}`, () =>
        client.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true })),
      );
    },
    async remove(Name) {
      await ifFound(`remove ${Name}`, () => client.send(new DeleteParameterCommand({ Name })));
    },
  };
}

async function ifFound<T>(doing: string, call: () => Promise<T>): Promise<T | undefined> {
  return translated(doing, async () => {
    try {
      return await call();
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  });
}

async function translated<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new NotReadyError(describeAwsProblem(cause, doing), { cause });
  }
}
