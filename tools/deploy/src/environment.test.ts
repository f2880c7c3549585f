import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@serverless-ops/settings';
import { connect } from './environment.ts';

const here = tmpdir();

describe('the region', () => {
  it.each([
    [
      'the settings',
      'global: { region: eu-west-1 }',
      { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' },
      'eu-west-1',
    ],
    ['AWS_REGION', '', { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-east-2'],
    ['AWS_DEFAULT_REGION', '', { AWS_DEFAULT_REGION: 'us-west-1' }, 'us-west-1'],
  ])('is that of %s, for CDK too', async (_source, settings, env, region) => {
    const { programs } = await connect(here, parseSettings(settings), { ...env, PATH: '/usr/bin:/bin' });

    await expect(programs.read(['sh', '-c', 'printf "$AWS_REGION"'])).resolves.toBe(region);
  });
});

describe('the region of the AWS profile', () => {
  const original = { ...process.env };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'profile-'));
    process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials');
    delete process.env['AWS_REGION'];
    delete process.env['AWS_PROFILE'];
  });
  afterEach(() => {
    process.env = original;
    rmSync(folder, { recursive: true });
  });

  it('counts when nothing else is said', async () => {
    writeFileSync(join(folder, 'config'), '[default]\nregion = sa-east-1\n');

    const { programs } = await connect(here, parseSettings(''), { PATH: '/usr/bin:/bin' });

    await expect(programs.read(['sh', '-c', 'printf "$AWS_REGION"'])).resolves.toBe('sa-east-1');
  });

  it('has to be chosen: CDK would take a default that no user chose', async () => {
    await expect(connect(here, parseSettings(''), {})).rejects.toThrow(
      'No AWS region is chosen: set "global.region" in settings.yml, or AWS_REGION.',
    );
  });
});
