import type { Attribute } from '../../contracts/catalogue';
import type { Dialogue } from '../../contracts/dialogue';
import type { ProfileChange } from '../../contracts/profile';
import { phraseAttribute } from '../../domain/card';
import type { Catalogue } from '../../domain/catalogue';
import { say } from '../../ui/messages';
import type { EditView } from '../../ui/view';
import { labelsOf } from './items';

/**
 * How a dialogue's profile was changed, in words.
 *
 * @param reveal name the hidden targets too
 */
export function editViews(
  { edits = [] }: Pick<Dialogue, 'edits'>,
  catalogue: Catalogue,
  reveal: boolean,
): EditView[] {
  return edits.map(({ turn, changes }) => ({
    turn,
    changes: changes.map((change) => ({
      field: change.field,
      ...wordsOf(change, catalogue, reveal),
    })),
  }));
}

function wordsOf(
  change: ProfileChange,
  catalogue: Catalogue,
  reveal: boolean,
): { from: string; to: string } {
  switch (change.field) {
    case 'summary':
      return change;
    case 'wanted':
    case 'unwanted':
      return both(change, (wishes: readonly Attribute[]) =>
        list(wishes.map((wish) => phraseAttribute(wish, catalogue.pack))),
      );
    case 'targets':
      return reveal
        ? both(change, (targets: readonly string[]) => list(labelsOf(targets, catalogue)))
        : { from: '…', to: say('edit.field.targets.hidden') };
    case 'patience':
      return both(change, (value: typeof change.from) => say(`patience.${value ?? 'normal'}`));
    case 'talkativeness':
      return both(change, (value: typeof change.from) => say(`talkativeness.${value ?? 'normal'}`));
    case 'anonymity':
      return both(change, String);
  }
}

function both<T>({ from, to }: { from: T; to: T }, words: (value: T) => string) {
  return { from: words(from), to: words(to) };
}

function list(words: readonly string[]): string {
  return words.length === 0 ? say('edit.nothing') : words.join(', ');
}
