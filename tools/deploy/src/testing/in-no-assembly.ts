const EVERY_APP = ['api-contract', 'infra', 'job-watcher', 'mysql-worker', 'password-lambda'];

/**
 * Files that Nx counts to projects that are deployed, although what is deployed does not come from them. Nx calls these
 * projects affected; that nothing is deployed for them is shown with their assemblies, which stay what they are.
 */
export const IN_NO_ASSEMBLY: Readonly<Record<string, readonly string[]>> = {
  'apps/infra/infra/foundation-stack.test.ts': ['infra'],
  'apps/api-contract/testing/some-deployment.ts': ['api-contract'],
  'apps/mysql-worker/infra/testing/some-workflow.ts': ['mysql-worker'],
  'apps/password-lambda/src/testing/change-bench.ts': ['password-lambda'],
  'apps/job-watcher/src/watch.test.ts': ['job-watcher'],
  'apps/mysql-worker/src/config.test.ts': ['mysql-worker'],
  'apps/mysql-worker/infra/mysql-worker-stack.test.ts': ['mysql-worker'],
  'apps/password-lambda/infra/password-lambda-stack.test.ts': ['password-lambda'],
  'apps/api-contract/infra/api-stack.test.ts': ['api-contract'],
  'libs/cdk-kit/src/cdk-kit.test.ts': EVERY_APP,
  'libs/settings/src/load-settings.test.ts': EVERY_APP,
  // AWS's engines run the workflows and templates in unit tests only.
  'libs/api-gateway/src/index.ts': ['api-contract'],
  'libs/states-language/src/index.ts': ['api-contract', 'mysql-worker', 'password-lambda'],
  // Of these three, the tests of what is deployed are made alone.
  'libs/s3-server/src/index.ts': ['job-watcher', 'mysql-worker', 'password-lambda'],
  'libs/ssm-server/src/index.ts': ['job-watcher', 'mysql-worker', 'password-lambda'],
  'tools/test-servers/src/network/free-port.ts': ['job-watcher', 'mysql-worker', 'password-lambda'],
  'eslint.config.js': EVERY_APP,
  'jest.preset.js': EVERY_APP,
  '.ci/run': EVERY_APP,
};
