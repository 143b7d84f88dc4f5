/** What of a dialogue a format may lack; the page says it in words. */
export const recordParts = [
  'actions',
  'titles',
  'profile',
  'targets',
  'outcome',
  'models',
  'seeds',
  'prompts',
  'timings',
] as const;
export type RecordPart = (typeof recordParts)[number];

export const formatIds = [
  'jsonl',
  'parquet',
  'csv',
  'chatml',
  'sharegpt',
  'redial',
  'inspired',
  'opendialkg',
  'laps',
  'pearl',
  'llm-redial',
  'crslab',
  'dialoguekit',
] as const;
export type FormatId = (typeof formatIds)[number];

export interface Format {
  id: FormatId;
  /** Its own name; not to be translated. */
  name: string;
  /** Extension of files that are written, without the dot. */
  extension: string;
  /** MIME type of files that are written. */
  type: string;
  /** What its files do not hold of a dialogue; empty when a round trip is exact. */
  lacks: readonly RecordPart[];
  /** Its chat has a side to be learned. */
  hasMask: boolean;
  /** Of the published dataset, where the format is one's. */
  licence?: string;
  attribution?: string;
}

const all = recordParts;
const without = (...kept: readonly RecordPart[]) => all.filter((part) => !kept.includes(part));
const json = 'application/json';
const lines = 'application/x-ndjson';

/**
 * The formats that are read and written. Licences are those that the datasets' authors state; where none is stated, the
 * visitor has to find out.
 */
export const formats: Readonly<Record<FormatId, Format>> = {
  jsonl: {
    id: 'jsonl',
    name: 'Interplay Lab JSONL',
    extension: 'jsonl',
    type: lines,
    lacks: [],
    hasMask: false,
  },
  parquet: {
    id: 'parquet',
    name: 'Parquet',
    extension: 'parquet',
    type: 'application/vnd.apache.parquet',
    lacks: [],
    hasMask: false,
  },
  csv: {
    id: 'csv',
    name: 'CSV',
    extension: 'csv',
    type: 'text/csv',
    // Of the profile it has the summary, not the wishes.
    lacks: ['profile', 'targets', 'prompts', 'timings', 'seeds'],
    hasMask: false,
  },
  chatml: {
    id: 'chatml',
    name: 'ChatML messages',
    extension: 'jsonl',
    type: lines,
    lacks: without('actions', 'titles'),
    hasMask: true,
  },
  sharegpt: {
    id: 'sharegpt',
    name: 'ShareGPT',
    extension: 'json',
    type: json,
    lacks: without('actions', 'titles'),
    hasMask: true,
  },
  redial: {
    id: 'redial',
    name: 'ReDial',
    extension: 'jsonl',
    type: lines,
    lacks: without('titles', 'outcome'),
    hasMask: false,
    licence: 'CC BY 4.0',
    attribution: 'Li et al., Towards Deep Conversational Recommendations, NeurIPS 2018',
  },
  inspired: {
    id: 'inspired',
    name: 'INSPIRED',
    extension: 'tsv',
    type: 'text/tab-separated-values',
    lacks: without('titles'),
    hasMask: false,
    attribution:
      'Hayati et al., INSPIRED: Toward Sociable Recommendation Dialog Systems, EMNLP 2020',
  },
  opendialkg: {
    id: 'opendialkg',
    name: 'OpenDialKG',
    extension: 'csv',
    type: 'text/csv',
    lacks: all,
    hasMask: false,
    licence: 'CC BY-NC 4.0',
    attribution: 'Moon et al., OpenDialKG, ACL 2019',
  },
  laps: {
    id: 'laps',
    name: 'LAPS',
    extension: 'json',
    type: json,
    lacks: all,
    hasMask: false,
    attribution: 'Joko et al., Doing Personal LAPS, SIGIR 2024',
  },
  pearl: {
    id: 'pearl',
    name: 'PEARL',
    extension: 'jsonl',
    type: lines,
    lacks: all,
    hasMask: false,
    attribution: 'Kim et al., Pearl, Findings of ACL 2024',
  },
  'llm-redial': {
    id: 'llm-redial',
    name: 'LLM-REDIAL conversations',
    extension: 'txt',
    type: 'text/plain',
    lacks: all,
    hasMask: false,
    attribution: 'Liang et al., LLM-REDIAL, Findings of ACL 2024',
  },
  crslab: {
    id: 'crslab',
    name: 'CRSLab',
    extension: 'json',
    type: json,
    lacks: without('titles'),
    hasMask: false,
  },
  dialoguekit: {
    id: 'dialoguekit',
    name: 'DialogueKit',
    extension: 'json',
    type: json,
    lacks: without('titles', 'models'),
    hasMask: false,
  },
};
