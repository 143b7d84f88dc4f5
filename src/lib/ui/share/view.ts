/** One thing that a link sets. */
export interface SetupLine {
  /** Empty where the value is a remark on the line before. */
  label: string;
  value: string;
}
