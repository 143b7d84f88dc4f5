/** One metric of all systems, with its definition. */
export interface MetricCardView {
  id: string;
  name: string;
  formula: string;
  variant: string;
  source: string;
  systems: readonly MetricOfSystem[];
}

export interface MetricOfSystem {
  system: string;
  /** With its interval; "unknown" where there is none. */
  value: string;
  isKnown: boolean;
  n: number;
  counted: string;
  /** What was left out with why, and why the value is unknown. */
  notes: readonly string[];
}

/** A source as its list shows it. */
export interface SourceView {
  id: string;
  kind: 'run' | 'dataset' | 'kept' | 'file' | 'turns';
  label: string;
  count: number | null;
}
