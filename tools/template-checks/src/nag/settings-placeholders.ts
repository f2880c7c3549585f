import type { Settings } from '@serverless-ops/settings';

/**
 * What follows from settings.yml in the findings, and its placeholder in the accepted ones: so that these hold for
 * every installation. In order: what comes first may hold what comes later.
 */
export function settingsPlaceholders(settings: Settings): Readonly<Record<string, string>> {
  const { account, backups, clusterName, databases, namePrefix, parameterPrefix, region } = settings;
  const ownBucket = `${namePrefix}-backups-${account ?? '<AWS::AccountId>'}-${region ?? '<AWS::Region>'}`;
  const bucket = backups.bucketName ?? ownBucket;
  const folders = [
    `${bucket}/${backups.path}`,
    ...databases.map(({ s3Bucket, s3Path }) => `${s3Bucket ?? bucket}/${s3Path}`),
  ];
  return {
    ...Object.fromEntries(folders.map((folder) => [`:s3:::${folder}/`, ':s3:::<folder of backups>/'])),
    [`:parameter${parameterPrefix}/`]: ':parameter<parameter_prefix>/',
    [`:task/${clusterName ?? namePrefix}/`]: ':task/<cluster>/',
    ...(account !== undefined && { [`:${account}:`]: ':<AWS::AccountId>:' }),
    ...(region !== undefined && { [`:${region}:`]: ':<AWS::Region>:' }),
    [`${namePrefix}-`]: '<name_prefix>-',
  };
}
