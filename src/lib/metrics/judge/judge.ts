import type { Dialogue } from '../../contracts/dialogue';
import type { ChatEngine, EngineKind } from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { deriveSeed } from '../../domain/random';
import { askOf, type Ask, type JudgeHow } from './ask';
import {
  instructionsHash,
  judgeAspects,
  judgeInstructions,
  type JudgeAspect,
  type JudgeInstruction,
} from './instructions';
import { judgeMessages } from './messages';

/** Who judged, and how. */
export interface JudgeInfo {
  model: string;
  hash: string | null;
  engine: EngineKind;
  how: JudgeHow;
  /** Of the instructions. */
  version: string;
  seed: number;
}

/** What the judge made of one dialogue: for each aspect the mean over its turns, 1 to 5, 5 the good end. */
export interface JudgedDialogue {
  dialogueId: string;
  turns: number;
  scores: Readonly<Record<JudgeAspect, number | null>>;
  /** Answers that were no digit. */
  unread: number;
}

/** Plain data: it crosses workers and goes into reports. */
export interface Judged {
  info: JudgeInfo;
  dialogues: readonly JudgedDialogue[];
}

export interface JudgeOptions {
  seed: number;
  onProgress?: (progress: { done: number; total: number }) => void;
  signal?: AbortSignal;
}

/** One question: a turn, an aspect and a wording of it. */
interface Question {
  dialogue: Dialogue;
  turn: number;
  aspect: JudgeAspect;
  instruction: JudgeInstruction;
  index: number;
}

/**
 * Judges dialogues without a reference, after FACE (Joko et al. 2025): every turn is a particle, scored by each aspect
 * under several instructions, and averaged. The same engine, weights and seed give the same scores. Aborting rejects
 * with the signal's reason.
 *
 * Errors: `bad-input` when nothing is said; `engine-failed` when no model is loaded; those of the engine.
 */
export async function judgeDialogues(
  engine: ChatEngine,
  dialogues: readonly Dialogue[],
  { seed, onProgress, signal }: JudgeOptions,
): Promise<Judged> {
  const info = engine.info();
  if (info === null) {
    throw new LabError('engine-failed', 'No model is loaded to judge. Load one, then ask again.');
  }
  const { ask, how } = askOf(engine);
  const questions = dialogues.flatMap(questionsOf);
  if (questions.length === 0) {
    throw new LabError('bad-input', 'There is no turn to judge. Choose other dialogues.');
  }
  const answers: (number | null)[] = [];
  let [next, done] = [0, 0];
  const work = async (): Promise<void> => {
    while (next < questions.length) {
      const at = next++;
      signal?.throwIfAborted();
      answers[at] = await answerTo(questions[at] as Question, ask, seed, signal);
      done += 1;
      onProgress?.({ done, total: questions.length });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, info.slots) }, work));
  return {
    info: {
      model: info.model.id,
      hash: info.model.hash,
      engine: info.kind,
      how,
      version: instructionsHash,
      seed,
    },
    dialogues: dialogues.map((dialogue) => summaryOf(dialogue, questions, answers)),
  };
}

/** In the order in which engines find the beginning of one prompt in the last one's cache. */
function questionsOf(dialogue: Dialogue): Question[] {
  return dialogue.turns.flatMap(({ text }, turn) =>
    text.trim() === ''
      ? []
      : judgeAspects.flatMap((aspect) =>
          judgeInstructions[aspect].map((instruction, index) => ({
            ...{ dialogue, turn, aspect, instruction, index },
          })),
        ),
  );
}

async function answerTo(
  { dialogue, turn, aspect, instruction, index }: Question,
  ask: Ask,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const messages = judgeMessages(dialogue.turns, turn, instruction.text);
  const own = deriveSeed('judge', seed, dialogue.id, turn, aspect, index);
  const digit = await ask(messages, own, signal);
  return digit !== null && instruction.reversed ? 6 - digit : digit;
}

/** Wordings are averaged to a turn's score, turns to the dialogue's: a turn with an unread answer weighs no less. */
function summaryOf(
  dialogue: Dialogue,
  questions: readonly Question[],
  answers: readonly (number | null)[],
): JudgedDialogue {
  const own = questions.flatMap((question, i) =>
    question.dialogue === dialogue ? [{ ...question, answer: answers[i] ?? null }] : [],
  );
  const turns = [...new Set(own.map(({ turn }) => turn))];
  const scoreOf = (aspect: JudgeAspect): number | null =>
    meanOrNull(
      turns.flatMap(
        (turn) =>
          meanOrNull(
            own
              .filter((one) => one.turn === turn && one.aspect === aspect)
              .flatMap(({ answer }) => answer ?? []),
          ) ?? [],
      ),
    );
  return {
    dialogueId: dialogue.id,
    turns: turns.length,
    scores: Object.fromEntries(
      judgeAspects.map((aspect) => [aspect, scoreOf(aspect)]),
    ) as JudgedDialogue['scores'],
    unread: own.filter(({ answer }) => answer === null).length,
  };
}

function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;
}
