const modular: readonly (string | null)[] = ['modular', 'modular-graph'];

/** Whether a recommender decides by policy and ranker, and has its acts put into words apart. */
export function isModular(name: string | null): boolean {
  return modular.includes(name);
}
