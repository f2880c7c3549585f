import type { Settings } from '@serverless-ops/settings';
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
export function compareWithExceptions(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  settings: Settings,
): Comparison {
  const expected = exceptions.filter(({ onlyIf }) => onlyIf?.(settings) ?? true);
  const found = new Set(findings.map(asLine));
  const excused = new Set(expected.map(asLine));
  return {
    unexplained: [...found].filter((line) => !excused.has(line)).sort(),
    unused: [...excused].filter((line) => !found.has(line)).sort(),
  };
}

function asLine({ where, what }: Finding): string {
  return `${where}: ${what}`;
}
