import type { Role } from '../contracts/action';
import type { Dialogue, OutcomeStatus, Turn } from '../contracts/dialogue';
import type { ChatMessage } from '../contracts/engine';
import { LabError } from '../contracts/errors';
import type { Catalogue } from '../domain/catalogue';
import { profileAt } from '../dialogue/steer';
import { recommenderView, userView } from '../dialogue/views';
import { renderChatml } from '../engine/chatml';
import { toBrief } from '../profile/brief';
import { recommenderMessages } from '../prompt/recommender';
import { userMessages } from '../prompt/user';
import { promptVersion } from '../prompt/version';

/** A stretch of ChatML; `own` where the model must learn to write it. */
export interface SftPiece {
  text: string;
  own: boolean;
}

/** One dialogue as one role sees and writes it: a line of a training file. */
export interface SftExample {
  id: string;
  role: Role;
  /** Of the prompts in it: those of this program, whatever the record was made with. */
  promptVersion: string;
  pieces: readonly SftPiece[];
}

/** How much of an own turn is learned: all of it, its action line, or nothing. */
export type Learning = boolean | 'action-line';

/** What ends a turn in ChatML: part of what the model writes. */
const endOfTurn = '<|im_end|>';

/**
 * Messages as ChatML, cut at the model's own turns. Neighbours of one kind are one piece; nothing follows the last
 * own one; without one there are no pieces.
 *
 * @param learn for each assistant's message, in order, how much of it is learned
 */
export function chatmlPieces(
  messages: readonly ChatMessage[],
  learn: readonly Learning[],
): readonly SftPiece[] {
  const pieces: SftPiece[] = [];
  const add = (text: string, own: boolean) => {
    if (text === '') return;
    const last = pieces.at(-1);
    if (last?.own === own) last.text += text;
    else pieces.push({ text, own });
  };
  let done = 0;
  let turn = 0;
  messages.forEach((message, i) => {
    if (message.role !== 'assistant') return;
    const prompt = renderChatml(messages.slice(0, i));
    const written = message.content + endOfTurn;
    add(prompt.slice(done), false);
    const learned = learn[turn] ?? false;
    const line = learned === 'action-line' ? written.indexOf('\n') + 1 : written.length;
    add(written.slice(0, line), learned !== false);
    add(written.slice(line), false);
    done = prompt.length + written.length;
    turn += 1;
  });
  while (pieces.length > 0 && pieces.at(-1)?.own === false) pieces.pop();
  return pieces;
}

const unfit: readonly OutcomeStatus[] = ['failed', 'stopped', 'loop', 'degenerate'];

/** Why a dialogue is nothing to learn from. */
export type SftRefusal =
  'unfinished' | 'reference-dependent' | (typeof unfit)[number] | 'other-domain';

/** Why a dialogue is left out; `null` when it is not. Nobody learns from one that broke off, or that knew its targets. */
export function sftRefusal(
  { outcome, referenceDependent, domain }: Dialogue,
  catalogue: Catalogue,
): SftRefusal | null {
  if (domain !== catalogue.pack.id) return 'other-domain';
  if (outcome === null) return 'unfinished';
  if (unfit.includes(outcome.status)) return outcome.status;
  return referenceDependent ? 'reference-dependent' : null;
}

/** A turn that keeps to the contract; one that breaks it stays in the dialogue as context. */
export function isExemplary(turn: Pick<Turn, 'actions' | 'violations' | 'text'>): boolean {
  return turn.violations.length === 0 && turn.actions.length > 0 && turn.text !== '';
}

/**
 * A dialogue of any run, simulated or held by people, as one role's training examples; none when nothing in it is
 * learned. The prompts are made anew from the record, as the role saw them: a trace is not needed, and a record of an
 * older version is learned under the present prompts. A user that was steered is one example for each brief that it
 * spoke with, so that every turn is learned after the prompt it was written for. Targets are not looked at.
 *
 * Errors: `bad-input` for a dialogue of another catalogue, `profile-invalid` when its profile names unknown items.
 */
export function sftExamples(
  dialogue: Dialogue,
  role: Role,
  catalogue: Catalogue,
  learns: (turn: Turn) => Learning = isExemplary,
): SftExample[] {
  const { id, domain } = dialogue;
  if (domain !== catalogue.pack.id) {
    throw new LabError(
      'bad-input',
      `The dialogue ${id} is about "${domain}", the catalogue about "${catalogue.pack.id}". Choose the catalogue that it was held with.`,
    );
  }
  return stretchesOf(dialogue, role).flatMap((stretch) => {
    const { from, to } = stretch;
    const turns = dialogue.turns.slice(0, to);
    const learn = turns.flatMap((turn, i) =>
      turn.role === role ? [i < from ? false : learns(turn)] : [],
    );
    const pieces = chatmlPieces(messagesOf(dialogue, role, stretch, catalogue), learn);
    const part = from === 0 ? '' : `-from-${String(from)}`;
    const name = `${id}-${role}${part}`;
    return pieces.length === 0 ? [] : [{ id: name, role, promptVersion: promptVersion(), pieces }];
  });
}

/** Turns that one prompt was in force for: from `from` up to `to`. */
interface Stretch {
  from: number;
  to: number;
}

/** Only the user's prompt depends on what was steered. */
function stretchesOf({ turns, edits = [] }: Dialogue, role: Role): Stretch[] {
  const starts = role === 'user' ? edits.map(({ turn }) => turn) : [];
  const cuts = [...new Set([0, ...starts])].filter((turn) => turn < turns.length);
  return cuts.map((from, i) => ({ from, to: cuts[i + 1] ?? turns.length }));
}

function messagesOf(
  dialogue: Dialogue,
  role: Role,
  { from, to }: Stretch,
  catalogue: Catalogue,
): ChatMessage[] {
  const turns = dialogue.turns.slice(0, to);
  if (role === 'recommender') {
    return recommenderMessages(recommenderView(turns, catalogue), catalogue.pack);
  }
  const brief = toBrief(profileAt(dialogue, from), catalogue);
  return userMessages(userView(brief, turns, catalogue), catalogue.pack);
}
