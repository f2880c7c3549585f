/** What a bundle calls the thread's entry, which lies beside its main file. */
const BUNDLED_ENTRY = './dump-thread.mjs';

/** Where the thread's entry is: beside this file as long as it is TypeScript, in a bundle beside the bundle. */
export function threadEntry(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return isSource ? new URL('./main.ts', import.meta.url) : new URL(BUNDLED_ENTRY, import.meta.url);
}
