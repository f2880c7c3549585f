/**
 * What a page may say about the block that follows it, in an HTML comment. About a shell block:
 *
 * - `needs: account`, `needs: docker`, `needs: a quiet machine`: the block works only with that;
 * - `run by: <file>`: that file, a test or what CI runs, runs the commands of the block;
 * - `illustrates: <what>`: the block shows something that a reader does not type.
 *
 * About a TypeScript block:
 *
 * - `given: <declarations>`: imports and `declare const` for the names that the block takes from its surroundings.
 */
export const MARK_KINDS = ['needs', 'run by', 'illustrates', 'given'] as const;

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
