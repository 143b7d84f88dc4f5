import type { Dialogue, DialogueConfig } from '../../contracts/dialogue';

/** Dialogues that one pair of seats held under one setting, of any seed. */
export interface System {
  name: string;
  dialogues: readonly Dialogue[];
}

/** Dialogues by who held them and how, in the order of their first coming; each dialogue once. */
export function systemsOf(dialogues: readonly Dialogue[]): System[] {
  const groups = new Map<string, Map<string, Dialogue>>();
  for (const dialogue of dialogues) {
    const key = keyOf(dialogue);
    const group = groups.get(key) ?? new Map<string, Dialogue>();
    group.set(dialogue.id, dialogue);
    groups.set(key, group);
  }
  const systems = [...groups.values()].map((group) => [...group.values()]);
  const names = systems.map(nameOf);
  return systems.map((group, i) => {
    const name = names[i] ?? '';
    if (names.filter((other) => other === name).length === 1) return { name, dialogues: group };
    return { name: `${name}, ${settingsOf(group, systems)}`, dialogues: group };
  });
}

function keyOf({ models, config, promptVersion, referenceDependent, domain }: Dialogue): string {
  const seats = [models.user, models.recommender].map(({ id, hash, engine }) => [id, hash, engine]);
  const decisive = { ...config, trace: null };
  return JSON.stringify([domain, seats, decisive, promptVersion, referenceDependent]);
}

function nameOf([first]: readonly Dialogue[]): string {
  return first === undefined ? '' : `${first.models.user.id} + ${first.models.recommender.id}`;
}

/** In what a system differs from others of its name, for its label; its run where settings do not tell. */
function settingsOf(group: readonly Dialogue[], all: readonly (readonly Dialogue[])[]): string {
  const [own] = group;
  if (own === undefined) return '';
  const others = all.filter((other) => other !== group && nameOf(other) === nameOf(group));
  const told = Object.entries(described(own.config)).filter(([name, value]) =>
    others.some(([other]) => other !== undefined && described(other.config)[name] !== value),
  );
  if (own.referenceDependent) told.push(['targets', 'given']);
  if (told.length > 0) return told.map(([name, value]) => `${name} ${value}`).join(', ');
  return own.models.user.engine === others[0]?.[0]?.models.user.engine
    ? own.runId
    : own.models.user.engine;
}

function described(config: DialogueConfig): Record<string, string> {
  return {
    K: String(config.candidates ?? 'all'),
    turns: String(config.maxTurns),
    slate: String(config.slate),
    redraws: String(config.redraws ?? 0),
    'user temperature': String(config.sampling.user.temperature),
    'recommender temperature': String(config.sampling.recommender.temperature),
    grammar: config.constrained ? 'held' : 'not held',
  };
}

/** Dialogues of two systems with one profile and one seed, in order where a profile was used again. */
export function pairsOf(a: System, b: System): (readonly [Dialogue, Dialogue])[] {
  const waiting = new Map<string, Dialogue[]>();
  for (const dialogue of b.dialogues) {
    const key = pairKey(dialogue);
    waiting.set(key, [...(waiting.get(key) ?? []), dialogue]);
  }
  return a.dialogues.flatMap((dialogue): (readonly [Dialogue, Dialogue])[] => {
    const other = waiting.get(pairKey(dialogue))?.shift();
    return other === undefined ? [] : [[dialogue, other]];
  });
}

function pairKey({ profileId, seed }: Dialogue): string {
  return `${profileId} ${String(seed)}`;
}
