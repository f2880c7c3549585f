import { DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Check } from '../check.ts';

export const writeParameters: Check = {
  what: 'Parameter Store holds a database for dry runs',
  actions: ['ssm:PutParameter', 'ssm:DeleteParameter'],
  async perform({ aws: { ssm }, database: { path }, leftovers }) {
    const Name = `${path}/db_host`;
    leftovers.add({
      what: `the parameter ${Name}`,
      async remove() {
        try {
          await ssm.send(new DeleteParameterCommand({ Name }));
        } catch (error) {
          if ((error as Error).name !== 'ParameterNotFound') throw error;
        }
      },
    });
    // With this host a job touches neither MySQL nor S3, so it needs no other parameter.
    await ssm.send(new PutParameterCommand({ Name, Type: 'String', Value: 'dummy-dryrun' }));
    return path;
  },
};
