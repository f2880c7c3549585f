/**
 * Files that Nx counts to projects that are deployed, although what is deployed does not come from them. Nx calls these
 * projects affected; that nothing is deployed for them is shown with their assemblies, which stay what they are.
 */
export const IN_NO_ASSEMBLY: Readonly<Record<string, readonly string[]>> = {
  'apps/infra/infra/foundation-stack.test.ts': ['infra'],
  'apps/mysql-worker/src/config.test.ts': ['mysql-worker'],
  'apps/mysql-worker/infra/mysql-worker-stack.test.ts': ['mysql-worker'],
  'apps/api-contract/infra/api-stack.test.ts': ['api-contract'],
  'libs/cdk-kit/src/cdk-kit.test.ts': ['api-contract', 'infra', 'mysql-worker'],
  'libs/settings/src/load-settings.test.ts': ['api-contract', 'infra', 'mysql-worker'],
  'tools/test-servers/src/free-port.ts': ['mysql-worker'],
  'eslint.config.js': ['api-contract', 'infra', 'mysql-worker'],
  'jest.preset.js': ['api-contract', 'infra', 'mysql-worker'],
  '.ci/run': ['api-contract', 'infra', 'mysql-worker'],
};
