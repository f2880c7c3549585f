import { wrongCommands } from './named-commands.ts';
import { readPage } from './page.ts';

const workspace = {
  targets: new Map([
    ['infra', new Set(['synth', 'deploy'])],
    ['names', new Set(['test', 'lint'])],
  ]),
  generators: new Set(['@ops/nx:job']),
  scripts: new Set(['test', 'demo']),
};

const inBlock = (command: string): string[] =>
  wrongCommands(readPage('a.md', `\`\`\`sh\n${command}\n\`\`\`\n`), workspace);
const inText = (command: string): string[] => wrongCommands(readPage('a.md', `Type \`${command}\`.\n`), workspace);

describe('a command of a page', () => {
  it.each([
    'npx nx synth infra   # a comment: nx lint of names',
    'npx nx run infra:deploy --no-rollback',
    'npx nx run-many -t lint test -p names,infra',
    'npx nx affected --targets=deploy,test --base=REF',
    'npx nx show projects',
    'npx nx g @ops/nx:job db_something --purpose=script',
    'npm test',
    'npm run demo -- --rows 5',
    'npm ci && npm install',
    'aws ssm get-parameter --name nx',
  ])('is well: %s', (command) => {
    expect([...inBlock(command), ...inText(command)]).toEqual([]);
  });

  it.each([
    ['nx test names', `"nx test names" types nx, which is not on a reader's PATH: "npx nx".`],
    ['cd x && nx test names', `"cd x && nx test names" types nx, which is not on a reader's PATH: "npx nx".`],
    ['npx nx test nams', '"nx test nams" names nams: no such project.'],
    ['npx nx destroy infra', '"nx destroy infra": infra has no target destroy.'],
    ['npx nx run names:synth', '"nx run names:synth": names has no target synth.'],
    ['npx nx run-many -t lint benchh -p names', 'no project has a target benchh.'],
    ['npx nx run-many --projects=names,x -t lint', 'x is no project.'],
    ['npx nx g @ops/nx:jbo db_something', '"nx g @ops/nx:jbo db_something" names @ops/nx:jbo: no such generator.'],
    ['npm run dmo', 'package.json has no script dmo.'],
    ['npm start', 'package.json has no script start.'],
  ])('is wrong: %s', (command, problem) => {
    expect(inBlock(command)).toEqual([`a.md:2: ${problem}`]);
    expect(inText(command)).toEqual([`a.md:1: ${problem}`]);
  });
});
