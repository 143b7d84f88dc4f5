import { readChoices, type Choices } from './choices';
import type { Lab } from './lab.svelte';
import type { Look } from './look.svelte';

const beforeKey = 'interplay-lab:before-classroom';

/**
 * What a class is shown first: a profile that says clearly what it wants, in a crowd of 219 films, and two seats that need no
 * model, so that nothing is fetched and nobody waits.
 */
export const classroomChoices = {
  domain: 'movies',
  profile: 'redial-18502',
  user: 'honest',
  recommender: 'learned',
  engine: 'auto',
  models: { user: null, recommender: null },
  counterpart: null,
  seed: 7,
  maxTurns: 12,
  candidates: 10,
  temperature: 0.7,
} as const satisfies Choices;

/** Projector size and the classroom's settings, in one go. What there was before is kept for `leaveClassroom`. */
export async function enterClassroom(lab: Lab, look: Look): Promise<void> {
  if (look.size !== 'projector') localStorage.setItem(beforeKey, JSON.stringify(lab.choices));
  look.setSize('projector');
  await useChoices(lab, classroomChoices);
}

/** Back to the type and the settings from before. */
export async function leaveClassroom(lab: Lab, look: Look): Promise<void> {
  look.setSize('normal');
  const before = localStorage.getItem(beforeKey);
  localStorage.removeItem(beforeKey);
  if (before !== null) await useChoices(lab, readChoices(before));
}

/** Takes over choices, with their domain; while a dialogue is being held the domain stays. */
export async function useChoices(lab: Lab, choices: Choices): Promise<void> {
  const { domain } = choices;
  const isOther = domain !== null && domain !== lab.domain?.id;
  if (isOther && lab.talk.busy) {
    lab.choose({ ...choices, domain: lab.domain?.id ?? null, profile: lab.choices.profile });
    return;
  }
  if (isOther) await lab.chooseDomain(domain);
  lab.choose(choices);
}
