import type { Role } from '../../contracts/action';
import type { Dialogue } from '../../contracts/dialogue';
import type { ChatMessage } from '../../contracts/engine';
import { counterpartMessages } from '../../baseline/counterpart-prompt';
import { counterpartView } from '../../baseline/counterpart-view';
import type { Profile } from '../../contracts/profile';
import { recommenderView, userView } from '../../dialogue/views';
import type { Catalogue } from '../../domain/catalogue';
import { renderChatml } from '../../engine/chatml';
import { toBrief } from '../../profile/brief';
import { recommenderMessages } from '../../prompt/recommender';
import { userMessages } from '../../prompt/user';
import type { PromptMessage, PromptView } from '../../ui/view';

/** A ChatML text as its messages; the open last one, where the answer begins, is left out. */
export function readChatml(text: string): PromptMessage[] {
  return text
    .split('<|im_start|>')
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return {
        role: part.slice(0, end < 0 ? undefined : end).trim(),
        content: end < 0 ? '' : part.slice(end + 1).replace(/<\|im_end\|>\s*$/, ''),
      };
    })
    .filter(({ role, content }) => content !== '' || role !== 'assistant');
}

type Held = Pick<Dialogue, 'turns'> & {
  profile: Omit<Profile, 'targets'>;
  /** Of a dialogue that one model writes, which is handed them; absent for two roles. */
  handed?: Profile['targets'];
};

/** What a role's model is to see after these turns. */
function upcoming(
  role: Role,
  { profile, turns, handed }: Held,
  catalogue: Catalogue,
): ChatMessage[] {
  if (handed) {
    const view = counterpartView(toBrief(profile, catalogue), handed, turns, catalogue);
    return counterpartMessages(view, catalogue.pack);
  }
  return role === 'user'
    ? userMessages(userView(toBrief(profile, catalogue), turns, catalogue), catalogue.pack)
    : recommenderMessages(recommenderView(turns, catalogue), catalogue.pack);
}

/**
 * What a role's model sees, or would see where a script sits: the recorded prompt of its last turn; while it speaks, and before its first
 * turn, the one made from the very view that it is asked with.
 */
export function promptView(
  role: Role,
  held: Held,
  catalogue: Catalogue,
  isModel: boolean,
  speaking: boolean,
): PromptView {
  if (!isModel) {
    const messages = upcoming(role, held, catalogue);
    return { role, kind: 'none', messages, text: null, turn: null };
  }
  const last = held.turns.findLastIndex((turn) => turn.role === role && turn.prompt !== undefined);
  const prompt = held.turns[last]?.prompt;
  if (!speaking && prompt !== undefined) {
    return { role, kind: 'exact', messages: readChatml(prompt), text: prompt, turn: last };
  }
  const messages = upcoming(role, held, catalogue);
  const kind = speaking ? 'now' : 'next';
  return { role, kind, messages, text: renderChatml(messages), turn: held.turns.length };
}
