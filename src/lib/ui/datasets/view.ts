import type { Role } from '../../contracts/action';

/* What the components of the datasets page show, as plain data. */

/** What of a dialogue a format may not hold. */
export type PartName =
  | 'actions'
  | 'titles'
  | 'profile'
  | 'targets'
  | 'outcome'
  | 'models'
  | 'seeds'
  | 'prompts'
  | 'timings';

export interface FormatView {
  id: string;
  name: string;
  lacks: readonly PartName[];
  hasMask: boolean;
}

export interface ProblemView {
  line: number;
  reason: string;
}

/** A file as it would be taken in. */
export interface PreviewView {
  fileName: string;
  bytes: number;
  format: FormatView;
  /** Its records carry their own sources: the visitor has nothing to say. */
  isOwn: boolean;
  good: number;
  /** All bad records; `problems` holds the first of them. */
  bad: number;
  problems: readonly ProblemView[];
  samples: readonly SampleView[];
  titles: { marked: number; linked: number };
}

export interface SampleView {
  turns: readonly { role: Role; text: string; titles: readonly string[] }[];
  /** How many turns there are beside those shown. */
  more: number;
}

/** What the visitor says of a file. */
export interface SourceView {
  name: string;
  licence: string;
  attribution: string;
}

export interface DatasetView extends SourceView {
  id: string;
  format: string;
  dialogues: number;
  importedAt: number;
  titles: { marked: number; linked: number };
}

/** What an import came to. */
export interface ImportedView {
  added: number;
  /** Held already, word for word. */
  same: number;
  problems: readonly ProblemView[];
  bad: number;
}

/** What can be given out: everything, a dataset or a run. */
export interface ExportChoice {
  id: string;
  label: string;
}

/** What the visitor says of a catalogue: its name, what its things are called, whose it is. */
export interface DraftView {
  name: string;
  item: string;
  items: string;
  consume: string;
  consumed: string;
  licence: string;
  attribution: string;
}

/** A catalogue that was made and can be tried. */
export interface CatalogueView {
  name: string;
  items: number;
  licence: string;
  /** One item's label, for a sentence to try. */
  example: string;
  types: readonly { label: string; kind: 'category' | 'person' | 'decade'; values: number }[];
}

export type ColumnUseView =
  'title' | 'year' | 'id' | 'alias' | 'popularity' | 'attribute' | 'ignore';

export interface ColumnView {
  column: string;
  use: ColumnUseView;
  label: string;
  kind: 'category' | 'person' | 'decade';
  phrase: string;
  separator: ';' | '|' | '/' | ',' | null;
}

/** What a sentence was understood to speak of. */
export interface LinkView {
  items: readonly string[];
  attributes: readonly string[];
}
