import { resourceNames } from '@serverless-ops/names';
import type { Settings } from '@serverless-ops/settings';

/** The name prefix, parameter prefix and folder of backups of the settings.yml that the workspace is shipped with. */
const SHIPPED = { namePrefix: 'serverlessops', parameterPrefix: '/serverlessops', folder: 'backups' } as const;

type InstalledNames = Pick<Settings, 'namePrefix' | 'parameterPrefix' | 'backups'>;

/**
 * The pages name things as the shipped settings.yml does. A reader who has edited it types their own names, and so does
 * the check.
 */
export function namedAsInstalled(command: string, { namePrefix, parameterPrefix, backups }: InstalledNames): string {
  const logGroups = Object.values(resourceNames(SHIPPED.namePrefix).logGroups).filter((each) =>
    each.startsWith(SHIPPED.parameterPrefix),
  );
  const logGroup = new RegExp(`(?:${logGroups.join('|')})\\b`);
  return command
    .split(/(\S+)/)
    .map((word) => {
      if (logGroup.test(word)) return word.replace(`/${SHIPPED.namePrefix}`, `/${namePrefix}`);
      return word
        .replaceAll(new RegExp(`(?<![\\w/])${SHIPPED.parameterPrefix}(?![\\w-])`, 'g'), parameterPrefix)
        .replaceAll(new RegExp(`(?<![/\\w])${SHIPPED.namePrefix}\\b`, 'g'), namePrefix)
        .replaceAll(`/${SHIPPED.folder}/classicmodels`, `/${backups.path}/classicmodels`);
    })
    .join('');
}
