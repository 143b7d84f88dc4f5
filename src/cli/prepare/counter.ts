import type { Action } from '../../lib/contracts/action';
import type { Attribute, Item } from '../../lib/contracts/catalogue';
import type { Turn } from '../../lib/contracts/dialogue';
import type { Profile } from '../../lib/contracts/profile';
import { attributeKey, attributeTypeOf, hasAttribute } from '../../lib/domain/attributes';
import type { Catalogue } from '../../lib/domain/catalogue';
import { shuffled, type Random } from '../../lib/domain/random';
import { fits, matchShare } from '../../lib/profile/fit';
import { spokenTurn } from './build-turns';
import { pick, randomStyle, typed, type Style } from './counter-style';
import * as words from './counter-words';
import type { LearnableTurn } from './example';

/** What a made-up recommender proposes. */
type Proposal = 'misfit' | 'liked' | 'disliked' | 'fitting';

const mostMisfits = 8;
/** Chance that another film that does not fit comes: the same after each, so that no position tells what comes next. */
const anotherMisfit = 0.7;
/** Share of made-up dialogues that end with a film that fits. */
const shareEndingWell = 0.85;
/** Chance that a wish is told together with a second one. */
const shareTogether = 0.4;
/** Chance that the recommender asks, or turns pleasant, where it should recommend. */
const shareDigressing = 0.3;
/** Films that fewer training dialogues name are too obscure to be proposed. */
const leastPopularity = 2;

export interface CounterInput {
  profile: Profile;
  catalogue: Catalogue;
  random: Random;
}

function kindOf(attribute: Attribute, catalogue: Catalogue) {
  return attributeTypeOf(attribute, catalogue.pack)?.kind ?? 'category';
}

/**
 * Items to propose that do not fit. A quarter may share nothing, a quarter shares a wish, half of them lack but one
 * wish, as a recommender's usually do: one shared attribute is no reason to accept.
 */
function misfits(profile: Profile, catalogue: Catalogue, random: Random): readonly Item[] {
  const all = catalogue.items.filter(
    (item) =>
      item.popularity >= leastPopularity &&
      Object.keys(item.attributes).length > 0 &&
      !fits(item, profile),
  );
  const met = (item: Item) => profile.wanted.filter((wish) => hasAttribute(item, wish)).length;
  const near = all.filter((item) => met(item) > 0);
  const close = all.filter((item) => met(item) > 0 && met(item) >= profile.wanted.length - 1);
  const draw = (from: readonly Item[], count: number) =>
    Array.from({ length: from.length > 0 ? count : 0 }, () => pick(from, random));
  return shuffled(
    [...draw(all, mostMisfits), ...draw(near, mostMisfits), ...draw(close, 2 * mostMisfits)],
    random,
  );
}

/**
 * The item to propose that fits, alone or none: half of the time one that meets most wishes, all of them where there is one. Items
 * that meet just enough are many more, and without the others the user learns that something has to be missing.
 *
 * @param known ids that the profile names
 */
function fittingItem(
  { profile, catalogue, random }: CounterInput,
  known: ReadonlySet<string>,
): Item[] {
  const fitting = catalogue.items.filter(
    (item) => item.popularity >= leastPopularity && !known.has(item.id) && fits(item, profile),
  );
  const share = (item: Item) => matchShare(item, profile.wanted) ?? 0;
  const most = Math.max(0, ...fitting.map(share));
  const from = random() < 0.5 ? fitting : fitting.filter((item) => share(item) === most);
  return shuffled(from, random).slice(0, 1);
}

/** A made-up dialogue in the making. */
class Script {
  readonly turns: LearnableTurn[] = [];
  /** Keys of the wishes that were told. */
  readonly told = new Set<string>();
  private readonly style: Style;

  constructor(private readonly input: CounterInput) {
    this.style = randomStyle(input.random);
  }

  private add(role: Turn['role'], actions: readonly Action[], text: string, learn: boolean): void {
    const { profile, catalogue } = this.input;
    const earlier = this.turns.map(({ turn }) => turn);
    const known = role === 'user' ? [...profile.liked, ...profile.disliked] : [];
    const turn = spokenTurn(role, actions, text, earlier, known, catalogue);
    this.turns.push({ turn, learn: learn && turn.violations.length === 0 });
  }

  propose(item: Item): void {
    const text = pick(words.proposals, this.input.random).replace('{t}', () => item.label);
    this.add('recommender', [{ type: 'recommend', items: [item.id] }], text, false);
  }

  ask(): void {
    this.add('recommender', [{ type: 'ask' }], pick(words.questions, this.input.random), false);
  }

  say(actions: readonly Action[], sentences: readonly string[]): void {
    this.add('user', actions, typed(sentences, this.style), true);
  }

  chat(): void {
    const text = pick(words.pleasantries, this.input.random);
    this.add('recommender', [{ type: 'chat' }], text, false);
  }

  farewell(): void {
    this.add('recommender', [{ type: 'bye' }], pick(words.farewells, this.input.random), false);
  }
}

/**
 * A wish of the profile in words, often two at once, untold ones first: a recommender that hears the same wish again looks in
 * the same place again.
 *
 * @param lacking the item just proposed: what it has need not be asked for
 */
function wishFor(
  script: Script,
  { profile, catalogue, random }: CounterInput,
  lacking?: Item,
): string | null {
  const open = shuffled(
    profile.wanted.filter((wish) => lacking === undefined || !hasAttribute(lacking, wish)),
    random,
  );
  const untold = open.filter((wish) => !script.told.has(attributeKey(wish)));
  const first = untold[0] ?? open[0];
  if (first === undefined) return null;
  const others = profile.wanted.filter((wish) => wish !== first);
  const second = random() < shareTogether ? shuffled(others, random)[0] : undefined;
  for (const wish of second ? [first, second] : [first]) script.told.add(attributeKey(wish));
  const withKind = (wish: Attribute) => ({ ...wish, kind: kindOf(wish, catalogue) });
  return second
    ? words.aboutTogether([first, second].map(withKind), random)
    : words.about('wish', first, kindOf(first, catalogue), random);
}

/** Refuses an item for a reason that its card and the brief give. */
function refuse(script: Script, item: Item, input: CounterInput): void {
  const { profile, catalogue, random } = input;
  const bad = profile.unwanted.filter((attribute) => hasAttribute(item, attribute));
  const missing = profile.wanted.filter((attribute) => !hasAttribute(item, attribute));
  const sentences: string[] = random() < 0.7 ? [pick(words.refusals, random)] : [];
  const reason = pick(bad.length > 0 ? bad : missing, random);
  const what = bad.length > 0 ? 'dislike' : random() < 0.4 ? 'lacks' : null;
  if (what !== null) sentences.push(words.about(what, reason, kindOf(reason, catalogue), random));
  const actions: Action[] = [{ type: 'reject', items: [item.id] }];
  const wish = what === null || random() < 0.4 ? wishFor(script, input, item) : null;
  if (wish !== null) {
    actions.push({ type: 'inform' });
    sentences.push(wish);
  } else if (random() < 0.4) {
    actions.push({ type: 'ask' });
    sentences.push(pick(words.askForMore, random));
  }
  script.say(actions, sentences);
}

function alreadySeen(script: Script, item: Item, liked: boolean, input: CounterInput): void {
  const { random } = input;
  const sentences = [pick(liked ? words.likedBefore : words.dislikedBefore, random)];
  const actions: Action[] = [{ type: 'seen', items: [item.id] }];
  if (!liked) actions.push({ type: 'reject', items: [item.id] });
  const wish = random() < 0.4 ? wishFor(script, input) : null;
  if (wish !== null) {
    actions.push({ type: 'inform' });
    sentences.push(wish);
  } else if (random() < 0.6) {
    actions.push({ type: 'ask' });
    sentences.push(pick(words.askForMore, random));
  }
  script.say(actions, sentences);
}

function take(script: Script, item: Item, { profile, catalogue, random }: CounterInput): void {
  const met = profile.wanted.filter((attribute) => hasAttribute(item, attribute));
  const sentences = [...words.acceptance(random)];
  if (met.length > 0 && random() < 0.5) {
    const wish = pick(met, random);
    sentences.push(words.about('praise', wish, kindOf(wish, catalogue), random));
  }
  script.say(
    [{ type: 'accept', items: [item.id] }],
    random() < 0.5 ? sentences : sentences.reverse(),
  );
}

/** Says hello and the first wish or two. */
function open(script: Script, input: CounterInput): void {
  const { profile, catalogue, random } = input;
  const wishes = shuffled(profile.wanted, random).slice(0, random() < 0.4 ? 2 : 1);
  wishes.forEach((wish) => script.told.add(attributeKey(wish)));
  const spoken = wishes.map((wish) =>
    words.about('firstWish', wish, kindOf(wish, catalogue), random),
  );
  script.say(
    [{ type: 'inform' }],
    random() < 0.6 ? [pick(words.greetings, random), ...spoken] : spoken,
  );
}

/** The recommender asks, or is only pleasant: either way the user says what it is after. */
function digress(script: Script, input: CounterInput): void {
  const { random } = input;
  const asked = random() < 0.4;
  if (asked) script.ask();
  else script.chat();
  const wish = wishFor(script, input);
  const actions: Action[] = [];
  const sentences = !asked && random() < 0.5 ? [pick(words.notYet, random)] : [];
  if (wish !== null) {
    actions.push({ type: 'inform' });
    sentences.push(wish);
  }
  if (random() < 0.2 || wish === null) {
    actions.push({ type: 'ask' });
    sentences.push(pick(words.askForMore, random));
  }
  script.say(actions, sentences);
}

/** Which proposals come, in order. */
function planOf({ profile, random }: CounterInput): readonly Proposal[] {
  const plan: Proposal[] = [];
  while (plan.length < mostMisfits && random() < anotherMisfit) plan.push('misfit');
  if (profile.liked.length > 0 && random() < 0.4) plan.push('liked');
  if (profile.disliked.length > 0 && random() < 0.6) plan.push('disliked');
  const mixed = shuffled(plan, random);
  return random() < shareEndingWell ? [...mixed, 'fitting'] : mixed;
}

function itemFor(
  proposal: Proposal,
  pools: Readonly<Record<Proposal, Item[]>>,
  used: Set<string>,
): Item | null {
  const item = pools[proposal].find(({ id }) => !used.has(id)) ?? null;
  if (item !== null) used.add(item.id);
  return item;
}

/**
 * A made-up dialogue against the habit of saying yes: what contradicts the brief is refused with the reason,
 * what the brief names is said to be seen, what fits is taken. Whether to accept thus depends on card and brief alone.
 */
export function counterDialogue(input: CounterInput): readonly LearnableTurn[] {
  const { profile, catalogue, random } = input;
  const byId = (ids: readonly string[]) => ids.flatMap((id) => catalogue.byId(id) ?? []);
  const known = new Set([...profile.liked, ...profile.disliked]);
  const pools: Record<Proposal, Item[]> = {
    misfit: misfits(profile, catalogue, random).filter((item) => !known.has(item.id)),
    liked: shuffled(byId(profile.liked), random),
    disliked: shuffled(byId(profile.disliked), random),
    fitting: fittingItem(input, known),
  };
  const script = new Script(input);
  const used = new Set<string>();
  open(script, input);
  let taken = false;
  for (const proposal of planOf(input)) {
    while (random() < shareDigressing) digress(script, input);
    const item = itemFor(proposal, pools, used);
    if (item === null) continue;
    script.propose(item);
    if (proposal === 'misfit') refuse(script, item, input);
    else if (proposal === 'fitting') take(script, item, input);
    else alreadySeen(script, item, proposal === 'liked', input);
    taken = taken || proposal === 'fitting';
  }
  if (taken) script.farewell();
  else script.ask();
  script.say([{ type: 'bye' }], words.farewell(taken, random));
  return script.turns;
}
