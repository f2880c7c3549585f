import { join } from 'node:path';
import { ENGINE_SCRIPT } from './engine-script.ts';
import { findScript } from './find-script.ts';

const SCRIPTS = join(__dirname, '../../scripts');

describe('a script that a job orders', () => {
  it('is a file of the scripts folder', async () => {
    await expect(findScript(SCRIPTS, 'table_sizes.sh')).resolves.toBe(join(SCRIPTS, 'table_sizes.sh'));
  });

  it.each([
    ['one that is not there', 'none.sh'],
    ['the one that dumps for db_backup', ENGINE_SCRIPT],
  ])('is not %s, which no list names', async (_, name) => {
    await expect(findScript(SCRIPTS, name)).rejects.toMatchObject({
      code: 'InvalidRequest',
      message:
        `There is no script '${name}' in the worker's image. It has: table_sizes.sh. Order one of these, or add the ` +
        'script and deploy the worker.',
    });
  });
});
