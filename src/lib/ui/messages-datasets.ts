/** Datasets and catalogues: what is taken in from files and given out to them. */
export const datasetMessages = {
  'outcome.imported': 'Taken in; nobody says how it ended',
} as const;
