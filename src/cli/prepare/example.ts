import type { DomainPack, ItemId } from '../../lib/contracts/catalogue';
import type { Role } from '../../lib/contracts/action';
import type { Turn } from '../../lib/contracts/dialogue';
import type { ChatMessage } from '../../lib/contracts/engine';
import type { UserBrief } from '../../lib/contracts/profile';
import type { Catalogue } from '../../lib/domain/catalogue';
import { counterpartMessages } from '../../lib/baseline/counterpart-prompt';
import { counterpartView } from '../../lib/baseline/counterpart-view';
import { baselinePromptVersion } from '../../lib/baseline/version';
import { recommenderView, userView } from '../../lib/dialogue/views';
import { recommenderMessages } from '../../lib/prompt/recommender';
import { userMessages } from '../../lib/prompt/user';
import { promptVersion } from '../../lib/prompt/version';
import { chatmlPieces, type SftPiece } from '../../lib/report/sft';

/** Which model an example is for: a role's own, or the one that writes both sides. */
export type Learner = Role | 'counterpart';

/** One dialogue as one model sees it: what the Python side trains on. */
export interface Example {
  id: string;
  role: Learner;
  promptVersion: string;
  pieces: readonly SftPiece[];
}

/** A turn, and whether writing it is learned. */
export interface LearnableTurn {
  turn: Turn;
  learn: boolean;
}

const rolesVersion = promptVersion();
const versions: Readonly<Record<Learner, string>> = {
  user: rolesVersion,
  recommender: rolesVersion,
  counterpart: baselinePromptVersion(),
};

/** The dialogue as the user simulator sees and writes it; `null` when nothing in it is learned. */
export function userExample(
  id: string,
  brief: UserBrief,
  turns: readonly LearnableTurn[],
  catalogue: Catalogue,
): Example | null {
  const spoken = turns.map(({ turn }) => turn);
  return exampleOf(
    id,
    'user',
    turns,
    userMessages(userView(brief, spoken, catalogue), catalogue.pack),
  );
}

/** The dialogue as the recommender sees and writes it; `null` when nothing in it is learned. */
export function recommenderExample(
  id: string,
  turns: readonly LearnableTurn[],
  catalogue: Catalogue,
): Example | null {
  const pack: DomainPack = catalogue.pack;
  const spoken = turns.map(({ turn }) => turn);
  return exampleOf(
    id,
    'recommender',
    turns,
    recommenderMessages(recommenderView(spoken, catalogue), pack),
  );
}

/** The dialogue as the counterpart, handed its targets, writes both sides of it; `null` when nothing in it is learned. */
export function counterpartExample(
  id: string,
  brief: UserBrief,
  targets: readonly ItemId[],
  turns: readonly LearnableTurn[],
  catalogue: Catalogue,
): Example | null {
  const spoken = turns.map(({ turn }) => turn);
  const view = counterpartView(brief, targets, spoken, catalogue);
  return exampleOf(id, 'counterpart', turns, counterpartMessages(view, catalogue.pack));
}

/** Whether a learner writes a role's turns. */
export function writes(learner: Learner, role: Role): boolean {
  return learner === 'counterpart' || learner === role;
}

function exampleOf(
  id: string,
  role: Learner,
  turns: readonly LearnableTurn[],
  messages: readonly ChatMessage[],
): Example | null {
  const learn = turns.filter(({ turn }) => writes(role, turn.role)).map((turn) => turn.learn);
  const pieces = chatmlPieces(messages, learn);
  if (pieces.length === 0) return null;
  return { id, role, promptVersion: versions[role], pieces };
}
