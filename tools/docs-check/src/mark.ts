/**
 * What a page may say about the shell block that follows it, in an HTML comment:
 *
 * - `needs: account` or `needs: docker`: the block works only with an AWS account, or a container engine;
 * - `run by: <file>`: that file, a test or a program that CI runs, runs the commands of the block;
 * - `illustrates: <reason>`: the block is no command to type on its own.
 */
export const MARK_KINDS = ['needs', 'run by', 'illustrates'] as const;

export interface Mark {
  readonly kind: (typeof MARK_KINDS)[number];
  /** What follows the colon. */
  readonly value: string;
}

const COMMENT = /^<!--\s*([a-z ]+?)\s*:\s*(.*?)\s*-->$/s;

/** Reads a mark out of an HTML comment. Other comments give undefined. */
export function findMark(comment: string): Mark | undefined {
  const [, written, value = ''] = COMMENT.exec(comment.trim()) ?? [];
  const kind = MARK_KINDS.find((each) => each === written);
  return kind === undefined ? undefined : { kind, value };
}
