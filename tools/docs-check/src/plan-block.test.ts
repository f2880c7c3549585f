import { readPage } from './page.ts';
import { planBlock } from './plan-block.ts';

const exists = (file: string): boolean => file === '.ci/run';

function plan(text: string, mark?: string, language = 'sh') {
  const comment = mark === undefined ? '' : `<!-- ${mark} -->\n\n`;
  const [block] = readPage('a.md', `${comment}\`\`\`${language}\n${text}\n\`\`\`\n`).blocks;
  if (block === undefined) throw new Error('There is no block.');
  return planBlock(block, exists);
}

describe('a shell block', () => {
  it.each([
    ['run', 'aws s3 ls', undefined],
    ['run', 'npx ops params check', undefined],
    ['run and demand failure', 'aws kms schedule-key-deletion --key-id "$KEY_ARN"', 'needs: account'],
    ['leave', 'npm ci\nnpm run deploy', 'needs: account'],
    ['leave', 'npx nx run worker:docker', 'needs: docker'],
    ['leave', 'npm run bench', 'needs: a quiet machine'],
    ['leave', 'npm test', 'run by: .ci/run'],
    ['leave', 'mysql <&3', 'illustrates: a line of a script'],
  ])('%s: %j marked %j', (action, text, mark) => {
    expect(plan(text, mark)).toEqual({ action });
  });

  it.each([
    ['npm test', undefined, '"npm test" needs a mark: it cannot run here'],
    ['ls\nnpx nx run infra:deploy', undefined, '"npx nx run infra:deploy" needs a mark: it cannot run here'],
    ['ls', 'needs: docker', '<!-- needs: docker -->, but nothing in the block needs it'],
    ['ls', 'needs: luck', '<!-- needs: luck -->: there is account, docker, a quiet machine'],
    ['npm test', 'run by: .ci/ran', '<!-- run by: .ci/ran --> names a file that does not exist'],
    ['ls', 'run by: .ci/run', '<!-- run by: .ci/run -->, but the block can run here'],
    ['ls', 'given: declare const x: string;', 'a mark for TypeScript before a shell block'],
    ['ls', 'illustrates:', '<!-- illustrates:  --> does not say what'],
  ])('is refused: %j marked %j', (text, mark, problem) => {
    expect(plan(text, mark)).toEqual({ action: 'refuse', problem });
  });
});

describe('a block with what commands print', () => {
  it('has to say so: a reader does not paste it', () => {
    expect(plan('$ ls\na.md', undefined, 'console')).toMatchObject({ action: 'refuse' });
    expect(plan('$ ls\na.md', 'illustrates: a folder', 'console')).toEqual({ action: 'leave' });
  });
});

describe('a block in another language', () => {
  it('is left, and has no mark', () => {
    expect(plan('{}', undefined, 'json')).toEqual({ action: 'leave' });
    expect(plan('{}', 'needs: account', 'json')).toEqual({
      action: 'refuse',
      problem: 'a mark before a block of json',
    });
  });

  it('may have a mark with declarations when it is TypeScript', () => {
    expect(plan('x;', 'given: declare const x: string;', 'ts')).toEqual({ action: 'leave' });
    expect(plan('{}', 'given: declare const x: string;', 'json')).toMatchObject({ action: 'refuse' });
  });
});
