/** Dialogues that were taken in from a file; its id is their `runId`. */
export interface DatasetInfo {
  schemaVersion: 1;
  id: string;
  name: string;
  /** Id of the format that the file was in. */
  format: string;
  domain: string;
  licence: string;
  /** Where it is to be had, or whom to cite. */
  attribution: string;
  fileName: string;
  dialogues: number;
  /** Titles that the source marks as such, and how many of them the catalogue holds. */
  titles: { marked: number; linked: number };
  /** Milliseconds since 1970. */
  importedAt: number;
}
