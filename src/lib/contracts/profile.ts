import type { Attribute, ItemId } from './catalogue';

export type Patience = 'low' | 'normal' | 'high';
export type Talkativeness = 'brief' | 'normal' | 'chatty';

/**
 * What the user simulator may know of a profile. There is no field for a hidden target: this type,
 * not `Profile`, is what prompts are made from.
 */
export interface UserBrief {
  /** Preference summary, one to three sentences. */
  summary: string;
  /** Target attributes: what this person is after now. */
  wanted: readonly Attribute[];
  /** What this person does not want. */
  unwanted: readonly Attribute[];
  /** Labels of the items that the summary names as liked or disliked: already seen. */
  known: readonly string[];
  patience?: Patience;
  talkativeness?: Talkativeness;
}

/** Where a profile comes from. */
export interface ProfileSource {
  dataset: string;
  /** The source's own id of the dialogue; no text. */
  dialogueId?: string;
  /** `imported`: of a dialogue that was taken in whole, its split unknown. */
  split: 'train' | 'validation' | 'shown' | 'test' | 'hand' | 'imported';
  licence: string;
  /** Where the dataset is to be had, or whom to cite for it. */
  attribution?: string;
}

/** A person for the user simulator to be, hidden targets and all. One line of a profiles file. */
export interface Profile {
  schemaVersion: 1;
  id: string;
  domain: string;
  summary: string;
  wanted: readonly Attribute[];
  unwanted: readonly Attribute[];
  /** Items that the summary names as liked; never a target. */
  liked: readonly ItemId[];
  /** Items that the summary names as disliked; never a target. */
  disliked: readonly ItemId[];
  patience?: Patience;
  talkativeness?: Talkativeness;
  /** Hidden: read by metrics and `baseline/` only. */
  targets: readonly ItemId[];
  /** How many catalogue items fit the profile: the crowd in which the targets hide. */
  anonymity: number;
  source: ProfileSource;
}

/** One field of a profile, as it was and as it became; `null`: the profile did not say. */
export type ProfileChange =
  | { field: 'summary'; from: string; to: string }
  | { field: 'wanted' | 'unwanted'; from: readonly Attribute[]; to: readonly Attribute[] }
  | { field: 'targets'; from: readonly ItemId[]; to: readonly ItemId[] }
  | { field: 'patience'; from: Patience | null; to: Patience | null }
  | { field: 'talkativeness'; from: Talkativeness | null; to: Talkativeness | null }
  /** Follows from the wishes. */
  | { field: 'anonymity'; from: number; to: number };

/** A profile changed by a person while it was spoken for. */
export interface ProfileEdit {
  /** Index of the first turn that the change was in force for. */
  turn: number;
  /** Each field once. */
  changes: readonly ProfileChange[];
}
