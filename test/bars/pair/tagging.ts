import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import type { ActSequence, TurnActs } from '../../../src/lib/metrics';
import { labelKey, readLabels, type Labels } from '../../../src/cli/prepare/labels';
import { sourceTurns, type SourceTurn } from '../../../src/cli/prepare/source-turns';
import { taggerRows, type TaggerRow } from '../../../src/cli/prepare/tagger-rows';
import { tidy } from '../../../src/cli/prepare/tidy';
import { runProcess } from '../../../src/cli/tasks/process';
import { trainingPythonOf } from '../../../src/cli/tasks/python';
import type { RedialDialogue } from '../../../src/lib/profile/redial';
import type { HumanData, HumanDialogue } from './human';

const noAnswers: RedialDialogue['answers'] = new Map();

/** What the tagger sees of a turn, the questionnaire left out: simulated dialogues have none. */
function rowsOf(source: RedialDialogue, turns: readonly SourceTurn[]): readonly TaggerRow[] {
  const rows = taggerRows({ ...source, answers: noAnswers }, turns);
  // A turn that was put in has no number, and is no person's.
  return rows.filter(({ message }) => message >= 0);
}

/** A simulated dialogue's turns as if people had said them, films by id. */
function simulatedTurns({ turns }: Dialogue): readonly SourceTurn[] {
  return turns.map(({ role, text, mentions }, message) => {
    let out = '';
    let at = 0;
    for (const { item, start, end } of mentions) {
      out += `${text.slice(at, start)}@${item} `;
      at = end;
    }
    return { role, message, text: tidy(out + text.slice(at)) };
  });
}

export function simulatedRows(dialogue: Dialogue): readonly TaggerRow[] {
  const source: RedialDialogue = {
    id: dialogue.id,
    seeker: dialogue.profileId,
    recommender: '',
    turns: [],
    names: new Map(),
    answers: noAnswers,
  };
  return rowsOf(source, simulatedTurns(dialogue));
}

export function humanRows({ source, turns }: HumanDialogue): readonly TaggerRow[] {
  return rowsOf(source, turns);
}

/** Turns labelled by hand, by role. */
export function handLabels(root: string): readonly { conversation: string; message: number }[] {
  return ['user', 'recommender'].flatMap((role) =>
    readFileSync(join(root, 'models', 'labels', `${role}.csv`), 'utf8')
      .split(/\r?\n/)
      .slice(1)
      .filter(Boolean)
      .map((line) => line.split(','))
      .map(([conversation = '', message = '']) => ({ conversation, message: Number(message) })),
  );
}

export interface Tagged {
  labels: Labels;
  /** The tagger's agreement on turns that it was not trained on, by role. */
  agreement: unknown;
}

/**
 * Tags rows with the tagger of models/training, learned from the turns labelled by hand without the questionnaire.
 * The same rows are tagged once.
 */
export async function tag(
  root: string,
  rows: readonly TaggerRow[],
  human: HumanData,
  folder: string,
  givenPython: string | null,
): Promise<Tagged> {
  const wanted = new Set(handLabels(root).map((l) => labelKey(l.conversation, l.message)));
  const learned = human.labelled
    .flatMap((source) => rowsOf(source, sourceTurns(source, human.keptId)))
    .filter((row) => wanted.has(labelKey(row.conversation, row.message)));
  const text = [...learned, ...rows].map((row) => `${JSON.stringify(row)}\n`).join('');
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const base = join(folder, `tags-${name}`);
  if (!existsSync(`${base}.json`)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${base}.jsonl`, text);
    const say = (line: string) => process.stdout.write(`${line}\n`);
    const python = givenPython ?? (await trainingPythonOf(root, say));
    const args = ['--turns', `${base}.jsonl`, '--out', `${base}.csv`, '--report', `${base}.json`];
    const { code, output } = await runProcess(python, ['-m', 'training.tagger', ...args], {
      cwd: join(root, 'models'),
      quiet: true,
    });
    if (code !== 0) throw new Error(`The tagger failed:\n${output.slice(-1000)}`);
  }
  return {
    labels: readLabels(readFileSync(`${base}.csv`, 'utf8')),
    agreement: JSON.parse(readFileSync(`${base}.json`, 'utf8')) as unknown,
  };
}

/** A dialogue's rows as acts, in order. */
export function actSequence(rows: readonly TaggerRow[], labels: Labels): ActSequence {
  return rows.flatMap(({ conversation, message, role }): TurnActs[] => {
    const acts = labels.get(labelKey(conversation, message));
    return acts === undefined ? [] : [{ role, acts }];
  });
}
