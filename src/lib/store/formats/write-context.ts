import type { ItemId } from '../../contracts/catalogue';
import type { Dialogue } from '../../contracts/dialogue';
import type { Role } from '../../contracts/action';

/** Which side's turns a model is to learn from; the others are context. */
export type RoleMask = Role | 'both';

/** What a writer needs beside the dialogue. */
export interface WriteContext {
  /** How an item is written; its id where its catalogue is not there. */
  label: (item: ItemId) => string;
  /** Where the dialogue's data come from, as fields that every record of an export carries. */
  source: (dialogue: Dialogue) => SourceFields;
  /** For the chat formats. */
  mask: RoleMask;
}

export interface SourceFields {
  dataset: string;
  licence: string;
  attribution?: string;
}

/** The source that a dialogue's profile names. */
export function sourceFields({ profile }: Dialogue): SourceFields {
  const { dataset, licence, attribution } = profile.source;
  return { dataset, licence, ...(attribution === undefined ? {} : { attribution }) };
}
