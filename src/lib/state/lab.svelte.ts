import type { Role } from '../contracts/action';
import type { Dialogue } from '../contracts/dialogue';
import type { ChatEngine, ModelRef, ModelRole } from '../contracts/engine';
import { LabError, toErrorData, type ErrorData } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import { createDialogue, createRun, dialogueId } from '../dialogue/start';
import { detectAbilities } from '../engine/abilities';
import { chooseEngine, type BrowserAbilities, type EngineChoice } from '../engine/choose';
import { steerDialogue } from '../dialogue/steer';
import { createBrowserEngine } from '../engine/create';
import { checkSeat } from '../engine/model-seats';
import { noProfile, noProfileId } from '../profile/none';
import { steerProfile, type SteerWish } from '../profile/steer';
import { holdLock } from '../store/index';
import { Archive } from './archive.svelte';
import {
  askedModels,
  configOf,
  firstChoices,
  readChoices,
  seatForPerson,
  type Choices,
} from './choices';
import { listDomains, loadDomain, seatsOfDomain, type Domain, type DomainEntry } from './domain';
import { sessionLock } from './locks';
import { ModelSeat, type BrowserKind } from './model-seat.svelte';
import { counterpartMissing, counterpartModel, seatModel, type ModelEntry } from './models';
import { Person } from './person.svelte';
import { connectionsEnforced } from './policy';
import { Prebuilt } from './prebuilt.svelte';
import { Shelf } from './shelf.svelte';
import { ownDomains } from './own-domain';
import { checkSameSeats, seatFacts, seatRecords, seatsOfRecord, takeSeats } from './seats';
import { Talk, type TalkPlan } from './talk.svelte';

const choicesKey = 'interplay-lab:choices';

/** Joins engines, store and the turn loop for the page. One of it, made by the root layout. */
export class Lab {
  choices = $state.raw<Choices>(firstChoices);
  domains = $state.raw<readonly DomainEntry[]>([]);
  domain = $state.raw<Domain | null>(null);
  abilities = $state.raw<BrowserAbilities | null>(null);
  /** Whether all that pages read is there. */
  booted = $state(false);
  /** Why the page cannot be used at all. */
  bootError = $state.raw<ErrorData | null>(null);
  /** What went wrong beside the dialogue. */
  error = $state.raw<ErrorData | null>(null);
  readonly archive = new Archive();
  readonly talk = new Talk();
  readonly person = new Person(globalThis.sessionStorage);
  readonly shelf = new Shelf();
  readonly prebuilt = new Prebuilt(!connectionsEnforced(document), localStorage);
  readonly seats: Readonly<Record<Role, ModelSeat>> = {
    user: new ModelSeat('user', createBrowserEngine),
    recommender: new ModelSeat('recommender', createBrowserEngine),
  };

  /** The models of this site and those that the visitor added. */
  readonly models = $derived<readonly ModelEntry[]>([
    ...this.shelf.models,
    ...this.prebuilt.entries,
  ]);
  /** All profiles of the domain: the shown ones, then the visitor's own. */
  readonly profiles = $derived<readonly Profile[]>([
    ...(this.domain?.shown ?? []),
    ...this.archive.profiles,
  ]);
  /** The profile that was chosen; a person in the user's seat may be nobody's. */
  readonly chosenProfile = $derived.by<Profile | null>(() => {
    const { domain } = this;
    const { profile } = this.choices;
    const isNobody = profile === noProfileId && seatForPerson(this.choices) === 'user';
    if (domain && isNobody) return noProfile(domain.catalogue);
    return this.profiles.find(({ id }) => id === profile) ?? this.profiles[0] ?? null;
  });
  /** How the next dialogue shall differ from the profile that was chosen. */
  steering = $state.raw<{ profile: string; wish: SteerWish } | null>(null);
  /** What is wished of the chosen profile; `null` where nothing is. */
  readonly wish = $derived<SteerWish | null>(
    this.steering && this.steering.profile === this.chosenProfile?.id ? this.steering.wish : null,
  );
  /** The profile of the next dialogue. */
  readonly profile = $derived<Profile | null>(
    this.chosenProfile && this.domain && this.wish
      ? steerProfile(this.chosenProfile, this.wish, this.domain.catalogue)
      : this.chosenProfile,
  );
  readonly engine = $derived<EngineChoice | null>(
    this.abilities && chooseEngine(this.abilities, this.choices.engine),
  );
  /** The model of each seat; `null` where none fits. */
  readonly seatModels = $derived<Readonly<Record<Role, ModelEntry | null>>>({
    user: seatModel(this.models, 'user', this.choices.models.user),
    recommender: seatModel(this.models, 'recommender', this.choices.models.recommender),
  });

  /** The model that writes both sides; `null` where none is here. */
  readonly counterpart = $derived<ModelEntry | null>(
    counterpartModel(this.models, this.choices.counterpart),
  );

  /** Whether the dialogue on show did not come to its own end. */
  readonly canContinue = $derived.by(() => {
    const { dialogue, busy } = this.talk;
    const status = dialogue?.outcome?.status ?? null;
    return !busy && dialogue !== null && [null, 'stopped', 'failed'].includes(status);
  });

  /** Whether the dialogue on show has turns to come for which its profile can be changed. */
  readonly isSteerable = $derived(
    this.talk.dialogue !== null &&
      this.talk.status !== 'loading' &&
      (this.talk.busy || this.canContinue),
  );

  #booting: Promise<void> | null = null;

  /** @param root the site's address, with a slash at the end */
  constructor(readonly root: string) {}

  /** Reads what the pages need, and shows the last dialogue: once, or again after it failed. */
  boot(): Promise<void> {
    if (this.bootError) this.#booting = null;
    this.#booting ??= this.#boot();
    return this.#booting;
  }

  async #boot(): Promise<void> {
    this.bootError = null;
    try {
      this.choices = readChoices(localStorage.getItem(choicesKey));
      const [domains, abilities] = await Promise.all([
        listDomains(this.root),
        detectAbilities(),
        this.archive.open(),
        this.shelf.open(this.root),
      ]);
      this.abilities = abilities;
      this.#siteDomains = domains;
      await this.refreshDomains();
      await this.#useDomain(this.choices.domain);
      const last = this.archive.held.find(({ domain }) => domain === this.domain?.id);
      if (last) this.talk.show(await this.archive.get(last.id));
      this.booted = true;
    } catch (reason) {
      this.bootError = toErrorData(reason);
    }
  }

  #siteDomains: readonly DomainEntry[] = [];

  /** The site's domains and the visitor's own catalogues. */
  async refreshDomains(): Promise<void> {
    const store = this.archive.isOpen ? this.archive.store : null;
    this.domains = [...this.#siteDomains, ...(await ownDomains(store))];
  }

  choose(changed: Partial<Choices>): void {
    this.choices = { ...this.choices, ...changed };
    localStorage.setItem(choicesKey, JSON.stringify(this.choices));
  }

  /** Another catalogue, with its own profiles. */
  async chooseDomain(id: string): Promise<void> {
    await this.attempt(async () => {
      await this.#useDomain(id);
      this.choose({ domain: id, profile: null });
      this.talk.show(null);
    });
  }

  async #useDomain(id: string | null): Promise<void> {
    const entry = this.domains.find((known) => known.id === id) ?? this.domains[0];
    if (!entry) return;
    const domain = await loadDomain(this.root, entry);
    await this.archive.loadProfiles(domain.id);
    this.domain = domain;
    const { recommender } = this.choices;
    if (!seatsOfDomain([recommender], domain).includes(recommender)) {
      this.choose({ recommender: 'content' });
    }
  }

  /** Runs something whose failure is shown beside the dialogue. */
  async attempt(work: () => Promise<void>): Promise<void> {
    this.error = null;
    try {
      await work();
    } catch (reason) {
      this.error = toErrorData(reason);
    }
  }

  /** Shows a held dialogue. */
  async open(id: string): Promise<void> {
    if (this.talk.busy) return;
    await this.attempt(async () => {
      this.talk.show(await this.archive.get(id));
    });
  }

  /** Deletes a held dialogue, unless it is being spoken. */
  async remove(id: string): Promise<void> {
    const isShown = this.talk.dialogue?.id === id;
    if (isShown && this.talk.busy) return;
    await this.attempt(async () => {
      await this.archive.delete(id);
      if (isShown) this.talk.show(null);
    });
  }

  /** A new dialogue under the present choices. */
  start(stepping = false): Promise<void> {
    return this.#hold((signal) => this.#planNew(signal), stepping);
  }

  /** Goes on with the unfinished dialogue on show. */
  continue(stepping = false): Promise<void> {
    const held = this.talk.dialogue;
    if (!held) return this.start(stepping);
    return this.#hold((signal) => this.#planOn(held, signal), stepping);
  }

  /**
   * Changes the profile of the dialogue on show from its next turn on; without one that goes on, that of the next
   * dialogue. Errors: `profile-invalid`, those of the store.
   */
  async steer(wish: SteerWish): Promise<void> {
    const { domain, talk, chosenProfile } = this;
    if (!domain || !chosenProfile) return;
    if (this.isSteerable) {
      const keeper = this.archive.keeper(true);
      await talk.steer(wish, { catalogue: domain.catalogue, keeper });
    } else this.steerNext(wish);
  }

  /** Changes the chosen profile for the next dialogue; `null`: takes it as it is. Errors: `profile-invalid`. */
  steerNext(wish: SteerWish | null): void {
    const { domain, chosenProfile } = this;
    if (!domain || !chosenProfile) return;
    const changes = wish && steerProfile(chosenProfile, wish, domain.catalogue) !== chosenProfile;
    this.steering = changes ? { profile: chosenProfile.id, wish } : null;
  }

  #hold(prepare: (signal: AbortSignal) => Promise<TalkPlan>, stepping: boolean): Promise<void> {
    // One tab at a time: two would fight for the processor and for the same records.
    return this.attempt(() => holdLock(sessionLock, () => this.talk.hold(prepare, stepping)));
  }

  async #planNew(signal: AbortSignal): Promise<TalkPlan> {
    const { domain, chosenProfile: profile, wish, choices } = this;
    if (!domain || !profile) throw new LabError('bad-config', 'Choose a profile first.');
    const kind = askedModels(choices).length > 0 ? this.#enginePlan() : undefined;
    const engine = (role: ModelRole) => {
      const model = role === 'both' ? this.counterpart : this.seatModels[role];
      return this.#ready(role, kind, model, signal);
    };
    const seats = await takeSeats(choices, domain, choices.seed, engine, this.person.ask);
    const { referenceDependent, ...version } = seatFacts(seats);
    const now = Date.now();
    const run = createRun(
      {
        domain: domain.id,
        seed: choices.seed,
        config: configOf(choices),
        models: seatRecords(seats),
        profileIds: [profile.id],
        ...version,
      },
      now,
    );
    let take = 0;
    while (await this.archive.get(dialogueId(run.id, profile.id, take))) take += 1;
    const id = dialogueId(run.id, profile.id, take);
    const created = createDialogue(run, id, profile, referenceDependent, now);
    const dialogue = wish ? steerDialogue(created, wish, domain.catalogue) : created;
    return { dialogue, seats, catalogue: domain.catalogue, keeper: this.archive.keeper(false) };
  }

  async #planOn(held: Dialogue, signal: AbortSignal): Promise<TalkPlan> {
    const { domain } = this;
    if (domain?.id !== held.domain) throw new LabError('bad-config', 'Choose its domain first.');
    const kind = Object.values(held.models).find(({ engine }) => engine !== 'none')?.engine;
    const engine = (role: ModelRole) => {
      const model = this.models.find(
        ({ id }) => id === held.models[role === 'both' ? 'user' : role].id,
      );
      return this.#ready(role, kind === 'webgpu' ? 'webgpu' : 'wasm', model, signal);
    };
    const chosen = seatsOfRecord(held);
    const seats = await takeSeats(chosen, domain, held.seed, engine, this.person.ask);
    checkSameSeats(seatRecords(seats), held.models);
    const dialogue = await this.archive.resume(held.id);
    return { dialogue, seats, catalogue: domain.catalogue, keeper: this.archive.keeper(true) };
  }

  /** A role's engine. The second one waits for the first one's files: it finds them in the browser's cache. */
  async #ready(
    role: ModelRole,
    kind: BrowserKind | undefined,
    model: ModelEntry | null | undefined,
    signal: AbortSignal,
  ): Promise<ChatEngine> {
    if (!model && role === 'both') throw counterpartMissing();
    if (!kind || !model) {
      throw new LabError(
        'model-missing',
        'The model of this seat is not here. Choose another, or add it on the Models page.',
        role,
      );
    }
    checkSeat(model, role);
    if (role === 'recommender') await this.seats.user.fetched;
    signal.throwIfAborted();
    const { id, location } = model;
    // The counterpart is one engine for both seats.
    return this.seats[role === 'both' ? 'user' : role].ready(
      kind,
      { id, location } satisfies ModelRef,
      signal,
    );
  }

  #enginePlan(): BrowserKind {
    const { engine } = this;
    if (!engine?.possible) {
      throw new LabError('engine-unavailable', engine?.reason ?? 'No engine was found yet.');
    }
    return engine.kind;
  }
}
