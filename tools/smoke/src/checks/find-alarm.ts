import type { Check } from '../check.ts';
import { CheckFailedError } from '../errors.ts';
import { stackResources } from '../stack-resources.ts';

export const findAlarm: Check = {
  what: 'The alarm for events that the watcher of jobs could not process is deployed',
  actions: ['cloudformation:DescribeStackResources'],
  async perform(scene) {
    const alarms = await stackResources(scene, 'job-watcher', 'AWS::CloudWatch::Alarm');
    const [alarm] = alarms.filter(({ ResourceStatus: status }) => /^(CREATE|UPDATE)_COMPLETE$/.test(status ?? ''));
    if (alarm?.PhysicalResourceId === undefined) {
      throw new CheckFailedError(
        'The stack of the watcher has no alarm.',
        'Deploy it again: npx nx run job-watcher:deploy',
      );
    }
    return alarm.PhysicalResourceId;
  },
};
