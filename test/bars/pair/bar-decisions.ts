import { join } from 'node:path';
import {
  decisionDifference,
  estimate,
  type Decision,
  type Estimate,
} from '../../../src/lib/metrics';
import { auc } from '../../../src/lib/metrics/statistics';
import type { Bar, MeasureContext } from '../runner/bars';
import { chanceOfAccept, firstAction, leaningOf, logOdds, takes, type Leaning } from './answers';
import { catalogueQuestions, type CatalogueQuestion } from './catalogue-decisions';
import { atLeast, number, seed } from './evidence';
import { humanQuestions, type HumanQuestion } from './human-decisions';
import { taggedHumans } from './human-setting';
import { resumable, withJudges } from './jobs';
import type { PairModel } from './models';
import { answersFolder, pairInputs, settingOf, type Setting } from './setting';

/** Liked films judged for each one refused. */
const likedPerRefused = 2;

/** What makes the questions. */
const questionScripts = ['answers', 'catalogue-decisions', 'human', 'human-decisions', 'tagging'];

type Question = CatalogueQuestion | HumanQuestion;

/** How a model leans on every question, kept by question. */
function leanings<Q extends Question>(
  questions: readonly Q[],
  model: PairModel,
  kind: string,
  { pair }: MeasureContext,
  folder: string,
  { domain, say }: Setting,
): Promise<Leaning[]> {
  return withJudges(model, pair.workers, (judges) =>
    resumable(
      questions,
      join(folder, `${kind}-${model.hash.slice(-12).replace(/\W/g, '_')}.jsonl`),
      judges.map(
        (judge) =>
          ({ view, label }: Q) =>
            leaningOf(judge, view, label, domain.catalogue),
      ),
      (text) => {
        say(`${kind} decisions of ${model.id}: ${text}`);
      },
    ),
  );
}

const areaOf = (decisions: readonly Decision[]) => auc(decisions);

/** P(accept | fits) - P(accept | does not) by the chance of accepting, instead of by what is likeliest. */
function chanceDifference(decisions: readonly Decision[]): number | null {
  const mean = (positive: boolean) => {
    const side = decisions.filter((decision) => decision.positive === positive);
    return side.length === 0 ? null : side.reduce((sum, { score }) => sum + score, 0) / side.length;
  };
  const [fitting, other] = [mean(true), mean(false)];
  return fitting === null || other === null ? null : fitting - other;
}

/** The decisions on catalogue facts in all the ways in which they can be read. */
export function catalogueFigures(
  questions: readonly CatalogueQuestion[],
  answers: readonly Leaning[],
) {
  const decide = (score: (l: Leaning) => number, accepts: (l: Leaning) => boolean) =>
    questions.flatMap((question, i): (Decision & { kind: CatalogueQuestion['kind'] })[] => {
      const answer = answers[i];
      if (answer === undefined) return [];
      const { group, kind } = question;
      const positive = kind === 'fits';
      return [{ group, kind, positive, score: score(answer), accepts: accepts(answer) }];
    });
  const greedy = decide(logOdds, (answer) => firstAction(answer) === 'accept');
  const forced = decide(logOdds, takes);
  const chance = decide(chanceOfAccept, () => false);
  const against = (kind: CatalogueQuestion['kind']) =>
    greedy.filter((decision) => decision.positive || decision.kind === kind);
  const actions: Record<string, Record<string, number>> = {};
  questions.forEach(({ kind }, i) => {
    const answer = answers[i];
    if (answer === undefined) return;
    const counts = (actions[kind] ??= {});
    const act = firstAction(answer);
    counts[act] = (counts[act] ?? 0) + 1;
  });
  return {
    discrimination: estimate(greedy, decisionDifference, seed, 'greedy'),
    againstNearMisses: estimate(against('near-miss'), decisionDifference, seed, 'near'),
    againstFarMisses: estimate(against('far-miss'), decisionDifference, seed, 'far'),
    amongFeedbackOnly: estimate(forced, decisionDifference, seed, 'forced'),
    byChance: estimate(chance, chanceDifference, seed, 'chance'),
    auc: estimate(greedy, areaOf, seed, 'auc'),
    control: estimate(
      greedy.map((decision) => ({ ...decision, accepts: true })),
      decisionDifference,
      seed,
      'control',
    ).value,
    firstActions: actions,
  };
}

/** The area under the curve of human decisions, and of parts of them. */
export function humanFigures(questions: readonly HumanQuestion[], answers: readonly Leaning[]) {
  const of = (
    keeps: (question: HumanQuestion) => boolean,
    score: (answer: Leaning) => number,
    name: string,
  ): Estimate => {
    const decisions = questions.flatMap((question, i): Decision[] => {
      const answer = answers[i];
      if (answer === undefined || !keeps(question)) return [];
      const value = score(answer);
      return [
        { group: question.group, positive: question.liked, score: value, accepts: value > 0 },
      ];
    });
    return estimate(decisions, areaOf, seed, name);
  };
  const film = ({ accept, reject }: Leaning) => accept - reject;
  const everything = () => true;
  return {
    auc: of(everything, film, 'human'),
    byActionAlone: of(everything, logOdds, 'human-action'),
    unseenOnly: of(({ seen }) => seen === false, film, 'human-unseen'),
    validation: of(({ part }) => part === 'validation', film, 'human-validation'),
    test: of(({ part }) => part === 'test', film, 'human-test'),
    profilesFrom: Object.fromEntries(
      (['words', 'likes', 'nothing'] as const).map((from) => [
        from,
        questions.filter(({ profileFrom }) => profileFrom === from).length,
      ]),
    ),
  };
}

export const decisionsBar: Bar = {
  set: 'pair',
  number: 3,
  title:
    'User simulator, single decisions: discrimination >= 0.5 on catalogue facts (control 0); AUC on human accept and reject above 0.5',
  inputs: [
    ...pairInputs,
    'models/labels',
    'models/training/tagger.py',
    ...[
      'answers',
      'bar-decisions',
      'catalogue-decisions',
      'human',
      'human-decisions',
      'tagging',
    ].map((name) => `test/bars/pair/${name}.ts`),
  ],
  needsRedial: true,
  measure: async (root, context) => {
    const setting = await settingOf(root, 3, context, true);
    const { domain, profiles, user, base } = setting;
    const folder = answersFolder(root, questionScripts);
    const { data, tagged } = await taggedHumans(root, context, folder);
    const limit = context.pair.limit ?? Infinity;
    const facts = catalogueQuestions(profiles.slice(0, limit), domain.catalogue, seed);
    const people = humanQuestions(
      data.dialogues,
      tagged.labels,
      domain.catalogue,
      likedPerRefused,
      seed,
    ).filter(({ view, label }) => view.recommended.includes(label));
    const measured = async (model: PairModel) => ({
      facts: catalogueFigures(
        facts,
        await leanings(facts, model, 'catalogue', context, folder, setting),
      ),
      people: humanFigures(
        people,
        await leanings(people, model, 'human', context, folder, setting),
      ),
    });
    const ours = await measured(user);
    const zeroShot = await measured(base);
    const refused = people.filter(({ liked }) => !liked).length;
    const { facts: f, people: p } = ours;
    return {
      passed:
        f.discrimination.n.groups >= 200 &&
        atLeast(f.discrimination.value, 0.5) &&
        f.control === 0 &&
        p.auc.interval !== null &&
        p.auc.interval[0] > 0.5,
      figures: {
        discrimination: number(f.discrimination),
        'against near misses': number(f.againstNearMisses),
        'by chance of accepting': number(f.byChance),
        'always-accept': f.control ?? 'unknown',
        'discrimination, base': number(zeroShot.facts.discrimination),
        'AUC on human decisions': number(p.auc),
        'AUC, unseen films': number(p.unseenOnly),
        'AUC, base': number(zeroShot.people.auc),
      },
      n: `${String(f.discrimination.n.groups)} profiles, one fitting and one other film each; ${String(refused)} human rejections, ${String(people.length - refused)} likes`,
      seed,
      command: setting.command,
      detail: { pair: ours, base: zeroShot, tagger: tagged.agreement },
    };
  },
};
