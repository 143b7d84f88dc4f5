import type { Action, Role } from '../contracts/action';
import { labelled } from '../dialogue/views';
import type { HumanTurn } from '../dialogue/human-agent';
import type { Catalogue } from '../domain/catalogue';
import type { AskPerson } from './seats';

const draftKey = 'interplay-lab:draft';

/** A turn that the person at the page is asked for. */
export interface AskedTurn {
  role: Role;
  /** Most items in one `recommend`. */
  slate: number;
}

/** Whoever sits at the page, as long as a turn of theirs is awaited. */
export class Person {
  /** `null` while nobody waits for them. */
  asked = $state.raw<AskedTurn | null>(null);
  #draft = $state('');
  #answer: ((turn: HumanTurn) => void) | null = null;

  /** @param storage keeps what is typed over a reload */
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null = null) {
    this.#draft = storage?.getItem(draftKey) ?? '';
  }

  /** What they have typed and not sent. */
  get draft(): string {
    return this.#draft;
  }

  set draft(text: string) {
    this.#draft = text;
    this.storage?.setItem(draftKey, text);
  }

  /** Waits for `answer`. An aborted request is taken back. */
  readonly ask: AskPerson = ({ role }, { slate, signal }) => {
    this.asked = { role, slate };
    signal?.addEventListener('abort', () => {
      this.#take();
    });
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  };

  /** What they do and say, items by id. Nothing happens unless they were asked. */
  answer(actions: readonly Action[], text: string, catalogue: Catalogue): void {
    const turn = { actions: actions.map((action) => labelled(action, catalogue)), text };
    const answer = this.#take();
    if (!answer) return;
    this.draft = '';
    answer(turn);
  }

  #take(): ((turn: HumanTurn) => void) | null {
    const answer = this.#answer;
    this.asked = null;
    this.#answer = null;
    return answer;
  }
}
