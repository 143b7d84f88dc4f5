/** Models: which sits in which seat, and the page that lists them. */
export const modelMessages = {
  'models.user': 'User’s model',
  'models.recommender': 'Recommender’s model',
  'models.zeroShot': '{title} (zero-shot)',
} as const;
