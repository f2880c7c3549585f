import type { Exception, Finding } from './finding.ts';

/** Nothing may be left in either list. */
export interface Comparison {
  /** Findings without a reason: change the template, or write the reason down. */
  readonly unexplained: readonly string[];
  /** Exceptions without a finding: what they excused is gone, so they would only excuse its return. */
  readonly unused: readonly string[];
}

export const NOTHING_LEFT: Comparison = { unexplained: [], unused: [] };

/** Holds findings against the exceptions made for them, each of which excuses one finding at one resource. */
export function compareWithExceptions(findings: readonly Finding[], exceptions: readonly Exception[]): Comparison {
  const found = new Set(findings.map(asLine));
  const excused = new Set(exceptions.map(asLine));
  return {
    unexplained: [...found].filter((line) => !excused.has(line)).sort(),
    unused: exceptions
      .filter((exception) => exception.onlyWith === undefined && !found.has(asLine(exception)))
      .map(asLine)
      .sort(),
  };
}

function asLine({ where, what }: Finding): string {
  return `${where}: ${what}`;
}
