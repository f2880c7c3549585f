import type { Scene } from './scene.ts';

/** One thing that a deployed installation must do. */
export interface Check {
  /** What works when the check ends well: the line that is printed. */
  readonly what: string;
  /** IAM actions that the check needs, for its own calls and for what it removes afterwards. docs/deploy.md lists all. */
  readonly actions: readonly string[];
  /** Without it nothing else can be checked. @default false */
  readonly isRequired?: boolean;
  /**
   * @returns what a reader may want to know of it
   * @throws CheckFailedError, or what an AWS client throws
   */
  perform(scene: Scene): Promise<string>;
}
