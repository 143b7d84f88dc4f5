/** The header's links, and what every page beside the conversation has. */
export const navMessages = {
  'nav.label': 'Pages',
  'nav.talk': 'Talk',
  'nav.runs': 'Runs',
  'nav.dialogues': 'Dialogues',
  'nav.datasets': 'Datasets',
  'nav.models': 'Models',
  'nav.evaluate': 'Evaluate',
  'nav.guide': 'Guide',
  'nav.skip': 'Skip to the content',
} as const;
