/** The places of the first page that the tour leads to, in order. */
export const tourPlaces = ['profile', 'seats', 'conditions', 'talk', 'prompts', 'outcome'] as const;
export type TourPlace = (typeof tourPlaces)[number];

const key = 'interplay-lab:tour';

/** The tour of one minute: offered once, skippable, and to be had again from the guide. */
export class Tour {
  /** Which step it is at; `null` while nobody takes it. */
  at = $state<number | null>(null);
  /** Whether a first visitor is still to be asked. */
  offered = $state(false);
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
    this.offered = storage.getItem(key) === null;
  }

  get place(): TourPlace | null {
    return this.at === null ? null : (tourPlaces[this.at] ?? null);
  }

  start(): void {
    this.at = 0;
    this.#remember();
  }

  /** The next step; after the last one the tour is over. */
  next(): void {
    if (this.at === null) return;
    this.at = this.at + 1 < tourPlaces.length ? this.at + 1 : null;
  }

  back(): void {
    if (this.at !== null && this.at > 0) this.at -= 1;
  }

  /** Leaves the tour, or the offer of one. */
  end(): void {
    this.at = null;
    this.#remember();
  }

  #remember(): void {
    this.offered = false;
    this.#storage.setItem(key, 'seen');
  }
}
