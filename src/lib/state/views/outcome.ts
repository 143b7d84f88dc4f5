import type { Dialogue } from '../../contracts/dialogue';
import { countExchanges } from '../../dialogue/stop';
import { namedItems } from '../../dialogue/views';
import type { Catalogue } from '../../domain/catalogue';
import {
  createContext,
  metricById,
  resultOf,
  summarise,
  type OutcomeReport,
  stretchesOf,
  targetsAt,
} from '../../metrics/index';
import { acceptsOf, recommendationsOf } from '../../metrics/recommendations';
import { say } from '../../ui/messages';
import type { FigureView, LedgerEntry, OutcomeView } from '../../ui/view';
import { labelsOf } from './items';

const shares = ['raw-success', 'verified-success'] as const;

/** What one dialogue came to, with what each number means. */
export function outcomeView(dialogue: Dialogue, catalogue: Catalogue): OutcomeView {
  const { outcome } = dialogue;
  const only = shares.flatMap((id) => metricById(id) ?? []);
  const report = summarise([dialogue], catalogue, dialogue.seed, { resamples: 0, only });
  return {
    status: outcome?.status ?? null,
    accepted: labelsOf(outcome?.accepted ?? [], catalogue),
    figures: [
      yesNo(report, 'raw-success', 'figure.raw', 'figure.raw.means'),
      yesNo(report, 'verified-success', 'figure.verified', 'figure.verified.means'),
      exchanges(dialogue),
      falseAccepts(dialogue, catalogue),
      ...recommended(dialogue, catalogue),
      violations(dialogue),
      leaks(report, dialogue),
    ],
    ledger: firstMentions(dialogue, catalogue),
    error: outcome?.error ?? null,
    steered: steeringOf(dialogue),
  };
}

function steeringOf({ edits = [] }: Dialogue): OutcomeView['steered'] {
  const last = edits.at(-1);
  return last ? { count: edits.length, turn: last.turn } : null;
}

function yesNo(
  report: OutcomeReport,
  id: (typeof shares)[number],
  label: FigureView['label'],
  meaning: FigureView['meaning'],
): FigureView {
  const result = resultOf(report, id);
  if (result === null || result.value === null) {
    const why = result?.leftOut[0]?.why ?? result?.reason ?? '';
    const details = report.statuses.running > 0 ? [] : [why];
    return { label, meaning, value: '–', tone: 'plain', details };
  }
  const yes = result.value === 1;
  return {
    label,
    meaning,
    value: say(yes ? 'figure.yes' : 'figure.no'),
    tone: yes ? 'good' : 'plain',
  };
}

function exchanges({ turns }: Dialogue): FigureView {
  return {
    label: 'figure.exchanges',
    meaning: 'figure.exchanges.means',
    value: String(countExchanges(turns)),
    tone: 'plain',
  };
}

function falseAccepts(dialogue: Dialogue, catalogue: Catalogue): FigureView {
  const context = createContext([dialogue], catalogue);
  const accepts = acceptsOf(dialogue);
  const bad = accepts.filter(
    ({ item, turn }) => context.fit(dialogue, item, turn) === false,
  ).length;
  return {
    label: 'figure.false',
    meaning: 'figure.false.means',
    value: accepts.length === 0 ? '–' : String(bad),
    tone: bad > 0 ? 'bad' : 'plain',
  };
}

function recommended(dialogue: Dialogue, catalogue: Catalogue): FigureView[] {
  const context = createContext([dialogue], catalogue);
  const all = recommendationsOf(dialogue);
  const items = [...new Set(all.map(({ item }) => item))];
  const fitting = items.filter((one) =>
    all.some(({ item, turn }) => item === one && context.fit(dialogue, one, turn) === true),
  );
  const targets = [...new Set(stretchesOf(dialogue).flatMap((stretch) => stretch.targets))];
  const found = targets.filter((target) =>
    all.some(({ item, turn }) => item === target && targetsAt(dialogue, turn).includes(target)),
  );
  const of = (part: number, all: number) => say('figure.of', { part, all });
  return [
    {
      label: 'figure.recommended',
      meaning: 'figure.recommended.means',
      value: items.length === 0 ? '–' : of(fitting.length, items.length),
      tone: fitting.length > 0 ? 'good' : 'plain',
    },
    {
      label: 'figure.targets',
      meaning: 'figure.targets.means',
      value: targets.length === 0 ? '–' : of(found.length, targets.length),
      tone: found.length > 0 ? 'good' : 'plain',
      ...(targets.length === 0 ? { details: [say('hidden.none')] } : {}),
    },
  ];
}

function violations({ turns }: Dialogue): FigureView {
  const count = turns.reduce((sum, turn) => sum + turn.violations.length, 0);
  return {
    label: 'figure.violations',
    meaning: 'figure.violations.means',
    value: String(count),
    tone: count > 0 ? 'warn' : 'good',
  };
}

/** Prompts that hold an unnamed target, and targets that the user names first. */
function leaks(report: OutcomeReport, { targets }: Dialogue): FigureView {
  const label = 'figure.leaks';
  const meaning = 'figure.leaks.means';
  if (targets.length === 0) {
    return { label, meaning, value: '–', tone: 'plain', details: [say('hidden.none')] };
  }
  const told = report.ledger.filter(({ by }) => by === 'user').length;
  const count = report.promptLeaks.length + told;
  return { label, meaning, value: String(count), tone: count > 0 ? 'bad' : 'good' };
}

/** Who named each item first, and when. */
function firstMentions(dialogue: Dialogue, catalogue: Catalogue): LedgerEntry[] {
  const seen = new Set<string>();
  return dialogue.turns.flatMap((turn, index) =>
    namedItems(turn)
      .filter((id) => !seen.has(id) && seen.add(id))
      .map((id) => ({
        turn: index,
        role: turn.role,
        item: catalogue.byId(id)?.label ?? id,
        isTarget: targetsAt(dialogue, index).includes(id),
      })),
  );
}
