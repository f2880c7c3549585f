import type { Outcome } from './outcome.ts';

/** A case and what came of it, in the order of the tools. */
export interface CaseOutcomes {
  readonly title: string;
  readonly outcomes: readonly Outcome[];
}

/** The outcomes as a Markdown table, and below it how many cases of each kind there are. */
export function outcomeTable(tools: readonly string[], cases: readonly CaseOutcomes[]): string {
  const rows = cases.map(({ title, outcomes }) => [title, ...outcomes.map(cell)]);
  const exact = tools.map((_, tool) => `${cases.filter(({ outcomes }) => outcomes[tool]?.kind === 'exact').length}`);
  return markdownTable([['case', ...tools], ...rows, [`exact, of ${cases.length}`, ...exact]]);
}

function cell({ kind, detail, underAnotherName }: Outcome): string {
  const where = underAnotherName ? ' under another name' : '';
  return kind === 'wrong' || kind === 'named' ? `${kind}${where}: ${detail}` : `${kind}${where}`;
}

/** Rows of cells as a Markdown table, columns padded. */
export function markdownTable([header = [], ...rows]: readonly (readonly string[])[]): string {
  const escaped = [header, ...rows].map((cells) =>
    cells.map((text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')),
  );
  const widths = header.map((_, column) => Math.max(3, ...escaped.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [first = [], ...others] = escaped;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
}
