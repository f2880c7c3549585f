import type { CodeBlock } from './page.ts';

/**
 * What the check does with a block: run it; run it and demand that it fails, because it claims to need an account; leave
 * it; or refuse its mark.
 */
export type BlockPlan =
  | { readonly action: 'run' | 'run and demand failure' | 'leave' }
  | { readonly action: 'refuse'; readonly problem: string };

/** Languages of a block that a reader pastes into a shell. */
const SHELL_LANGUAGES = ['sh', 'bash', 'shell', 'console'];

/** What a block may need, and the commands that need it. Of those for AWS, the ones that no endpoint leads elsewhere. */
const NEEDS: Readonly<Record<string, RegExp>> = {
  account: /\b(npm run deploy|npx cdk|npx nx (run \S+:)?(deploy|diff|destroy))\b/,
  docker: /\b(docker|podman|buildah|image:e2e)\b/,
  'a quiet machine': /\bnpm run bench\b/,
};
/** Commands that take minutes, build what is in use here, or start a second local cloud: the tests run them elsewhere. */
const RUN_ELSEWHERE = /^\s*(npm (run|start|test|ci)|npx nx|node (tools|dist)\/)/m;

/** @param exists tells whether the workspace has a file */
export function planBlock({ language, text, mark }: CodeBlock, exists: (file: string) => boolean): BlockPlan {
  if (!SHELL_LANGUAGES.includes(language)) {
    // TypeScript itself says whether a block needs what its mark gives.
    const isLeft = mark === undefined || (mark.kind === 'given' && language === 'ts');
    return isLeft ? { action: 'leave' } : refuse(`a mark before a block of ${language || 'no language'}`);
  }
  if (mark === undefined) {
    if (language === 'console') return refuse('shows what commands print, so it has to say what it illustrates');
    const why = [...Object.values(NEEDS), RUN_ELSEWHERE].map((each) => each.exec(text)?.[0].trim());
    const found = why.find((each) => each !== undefined);
    return found === undefined ? { action: 'run' } : refuse(`"${found}" needs a mark: it cannot run here`);
  }
  const written = `<!-- ${mark.kind}: ${mark.value} -->`;
  switch (mark.kind) {
    case 'needs': {
      const needing = NEEDS[mark.value];
      if (needing === undefined) return refuse(`${written}: there is ${Object.keys(NEEDS).join(', ')}`);
      if (needing.test(text)) return { action: 'leave' };
      // The local cloud may not have what a command of AWS wants: trying it tells.
      return mark.value === 'account'
        ? { action: 'run and demand failure' }
        : refuse(`${written}, but nothing in the block needs it`);
    }
    case 'run by':
      if (!exists(mark.value)) return refuse(`${written} names a file that does not exist`);
      return RUN_ELSEWHERE.test(text) ? { action: 'leave' } : refuse(`${written}, but the block can run here`);
    case 'given':
      return refuse('a mark for TypeScript before a shell block');
    case 'illustrates':
      return mark.value === '' ? refuse(`${written} does not say what`) : { action: 'leave' };
  }
}

function refuse(problem: string): BlockPlan {
  return { action: 'refuse', problem };
}
