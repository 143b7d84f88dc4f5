import type { SeatRecord } from '../contracts/dialogue';
import type { LabelledAction, RoleView } from '../contracts/view';
import { formatTurn } from '../action/format';
import { unmodelled, type Agent, type TurnRequest } from './agent';

/** What a person did and said. */
export interface HumanTurn {
  /** In the order of an action line. */
  actions: readonly LabelledAction[];
  text: string;
}

/** Asks the person for their turn; may never answer. An aborted request needs no answer. */
export type PromptPerson<View extends RoleView> = (
  view: View,
  request: Pick<TurnRequest, 'slate' | 'signal'>,
) => Promise<HumanTurn>;

/** How a record says that a person sat there. */
export const personSeat: SeatRecord = {
  id: 'person',
  hash: null,
  promptVersion: null,
  engine: 'none',
  human: true,
};

/**
 * A person in a seat. What they write is read as a model's turn is; the turn's time is how long they took, and no tokens
 * are counted.
 *
 * @param clock milliseconds, never running backwards
 */
export function personAgent<View extends RoleView>(
  prompt: PromptPerson<View>,
  clock: () => number,
): Agent<View> {
  return {
    seat: () => personSeat,
    reset: () => Promise.resolve(),
    async respond(view, request) {
      const asked = clock();
      const { actions, text } = await unlessAborted(() => prompt(view, request), request.signal);
      return unmodelled(formatTurn(actions, text), clock() - asked);
    },
  };
}

/** Rejects with the signal's reason as soon as it is aborted: a person may never answer. */
function unlessAborted<T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', abort, { once: true });
    ask()
      .finally(() => {
        signal?.removeEventListener('abort', abort);
      })
      .then(resolve, reject);
  });
}
