import MarkdownIt, { type Token } from 'markdown-it';
import { headingAnchors } from './heading-anchors.ts';
import { findMark, type Mark } from './mark.ts';

export interface CodeBlock {
  /** The first word after the fence: `sh`, `json`; empty for a block without one. */
  readonly language: string;
  readonly text: string;
  /** Line of the page on which the fence opens, from 1. */
  readonly line: number;
  readonly mark?: Mark;
}

/** Something in a page's text, and its line, from 1. */
export interface Found {
  readonly text: string;
  readonly line: number;
}

/** A Markdown page, as far as the checks look at it. */
export interface Page {
  /** Path from the root of the workspace, with slashes. */
  readonly path: string;
  readonly blocks: readonly CodeBlock[];
  readonly links: readonly Found[];
  /** Code within the text, such as `npm test`. */
  readonly inlineCode: readonly Found[];
  /** Anchors of the headings, without `#`. */
  readonly anchors: ReadonlySet<string>;
}

const markdown = new MarkdownIt({ html: true });

/** Reads a page. A mark belongs to the block that follows it with nothing in between. */
export function readPage(path: string, text: string): Page {
  const tokens = markdown.parse(text, {});
  const blocks: CodeBlock[] = [];
  const links: Found[] = [];
  const inlineCode: Found[] = [];
  const headings: string[] = [];
  let mark: Mark | undefined;
  let line = 1;
  tokens.forEach((token, index) => {
    // Cells of a table have no line of their own: their row's counts.
    if (token.map !== null) line = token.map[0] + 1;
    if (token.type === 'fence') blocks.push(codeBlock(token, line, mark));
    mark = token.type === 'html_block' ? findMark(token.content) : undefined;
    if (token.type !== 'inline') return;
    if (tokens[index - 1]?.type === 'heading_open') headings.push(plainText(token));
    for (const child of token.children ?? []) {
      const target = child.attrGet('href') ?? child.attrGet('src');
      if (target !== null) links.push({ text: String(target), line });
      if (child.type === 'code_inline') inlineCode.push({ text: child.content, line });
    }
  });
  return { path, blocks, links, inlineCode, anchors: headingAnchors(headings) };
}

function codeBlock(token: Token, line: number, mark: Mark | undefined): CodeBlock {
  const block = { language: token.info.trim().split(/\s+/)[0] ?? '', text: token.content, line };
  return mark === undefined ? block : { ...block, mark };
}

function plainText(token: Token): string {
  return (token.children ?? []).map(({ content }) => content).join('');
}
