import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { formatTurn } from '../../../../src/lib/action/format';
import type { Dialogue, Turn } from '../../../../src/lib/contracts';
import { createCatalogue } from '../../../../src/lib/domain/catalogue';
import { contentRecord, readFile } from '../../../../src/lib/store/formats/read';
import {
  formatIds,
  formats,
  recordParts,
  type FormatId,
  type RecordPart,
} from '../../../../src/lib/store/formats/registry';
import { sourceFields } from '../../../../src/lib/store/formats/write-context';
import { writeFile } from '../../../../src/lib/store/formats/write';
import { writeDialogue } from '../../../../src/lib/store';
import { tinyPack } from '../../../support/tiny-domain';
import { arbitraryDialogue } from '../arbitrary-dialogue';
import { aDialogue, aTurn } from '../fixtures';
import { all, join } from './sources';

const catalogue = createCatalogue(tinyPack);
const labels = tinyPack.items.map(({ label }) => label);

/** Dialogues as a format gives them back after it has written them, and the file. Errors: when one does not come back. */
export async function roundTrip(
  dialogues: readonly Dialogue[],
  format: FormatId,
): Promise<{ text: string; back: Dialogue[] }> {
  const given = (async function* () {
    yield* dialogues;
  })();
  const label = (item: string) => catalogue.byId(item)?.label ?? item;
  const written = writeFile(given, format, { label, source: sourceFields, mask: 'recommender' });
  const file = new Blob([join(await all(written))]);
  const context = {
    id: 'dataset-1',
    name: 'Made up',
    licence: 'CC0-1.0',
    attribution: 'Nobody',
    catalogue,
    now: 5000,
    actionLines: true,
  };
  const found = (await all(readFile(file, format))).map((one) => contentRecord(one, context));
  const back = found.map((one) => {
    if (one.ok) return one.value.dialogue;
    throw new Error(`${format}, line ${String(one.line)}: ${one.reason}`);
  });
  return { text: await file.text(), back };
}

const words = fc.constantFrom('Something scary', 'I like it dark', 'Not today', 'A short one');

/** A dialogue whose parts agree with each other, as those that are held do: each could come through any format. */
export const consistentDialogue: fc.Arbitrary<Dialogue> = fc
  .array(fc.record({ item: fc.nat(labels.length - 1), accepts: fc.boolean(), say: words }), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((exchanges) =>
    fc.record({
      exchanges: fc.constant(exchanges),
      id: fc.uuid(),
      seed: fc.integer({ min: 1, max: 1e9 }),
      summary: words,
    }),
  )
  .map(({ exchanges, id, seed, summary }) => {
    const turns = exchanges.flatMap(({ item, say }): Turn[] => [
      told('user', [{ type: 'inform' }], `${say}, please.`),
      told('recommender', [{ type: 'recommend', items: [item] }], `Perhaps ${labels[item] ?? ''}?`),
    ]);
    const last = exchanges.at(-1);
    const accepted = last?.accepts === true ? [last.item] : [];
    if (accepted.length > 0)
      turns.push(told('user', [{ type: 'accept', items: accepted }], 'Yes!'));
    return aDialogue({
      id,
      seed,
      domain: 'tiny',
      profile: {
        ...aDialogue().profile,
        summary: `${summary}.`,
        wanted: [{ type: 'genre', value: 'horror' }],
        source: { dataset: 'made', split: 'shown', licence: 'CC BY 4.0', attribution: 'Nobody' },
      },
      targets: ['film-4'],
      models: {
        user: { ...aDialogue().models.user, id: 'the-user-model' },
        recommender: { ...aDialogue().models.recommender, id: 'the-recommender-model' },
      },
      turns: turns.map((turn, i) => ({ ...turn, seed: seed + i, prompt: `prompt ${String(i)}` })),
      outcome: {
        status: accepted.length > 0 ? 'accepted' : 'limit',
        accepted: accepted.map(idOf),
        exchanges: exchanges.length,
      },
    });
  });

const idOf = (item: number) => tinyPack.items[item]?.id ?? '';

function told(
  role: Turn['role'],
  actions: readonly { type: 'inform' | 'recommend' | 'accept'; items?: readonly number[] }[],
  text: string,
): Turn {
  const named = actions.flatMap(({ items = [] }) => items);
  return aTurn(text, {
    role,
    raw: formatTurn(
      actions.map(({ type, items }) =>
        items ? { type, items: items.map((item) => labels[item] ?? '') } : { type },
      ),
      text,
    ),
    actions: actions.map(({ type, items }) =>
      items ? { type, items: items.map(idOf) } : { type },
    ),
    mentions: named.flatMap((item) => {
      const start = text.indexOf(labels[item] ?? '');
      const end = start + (labels[item] ?? '').length;
      return start < 0 ? [] : [{ item: idOf(item), start, end, kind: 'action' as const }];
    }),
  });
}

/** What of a dialogue each part is, in a form that can be compared. Of the outcome: whether and what was accepted. */
const partOf: Readonly<Record<RecordPart, (dialogue: Dialogue) => unknown>> = {
  actions: ({ turns }) => turns.map(({ actions }) => actions),
  titles: ({ turns }) => turns.map(({ mentions }) => mentions.map(({ item }) => item)),
  profile: ({ profile }) => [profile.summary, profile.wanted, profile.unwanted],
  targets: ({ targets }) => targets,
  outcome: ({ outcome }) => outcome && [outcome.status === 'accepted', outcome.accepted],
  models: ({ models }) => [models.user.id, models.recommender.id],
  seeds: ({ turns }) => turns.map(({ seed }) => seed),
  prompts: ({ turns }) => turns.map(({ prompt }) => prompt),
  timings: ({ turns }) => turns.map(({ ms }) => ms),
};

/** The parts that neither came back nor stand in the file: an import may take less than a file holds. */
export function partsLost(before: Dialogue, after: Dialogue, text: string): RecordPart[] {
  const inFile: Partial<Record<RecordPart, readonly string[]>> = {
    models: [before.models.user.id, before.models.recommender.id],
    profile: [before.profile.summary, ...before.profile.wanted.map(({ value }) => value)],
  };
  return recordParts.filter((part) => {
    if (isDeepStrictEqual(partOf[part](before), partOf[part](after))) return false;
    return inFile[part]?.every((value) => text.includes(value)) !== true;
  });
}

const sameRecord = (before: Dialogue, after: Dialogue | undefined) =>
  after !== undefined && writeDialogue(before) === writeDialogue(after);

/** What came of writing and reading back many dialogues. */
export interface FormatReport {
  format: FormatId;
  name: string;
  /** Says that nothing is lost. */
  claimsExact: boolean;
  /** Any records, of the wildest content, that came back exactly; of the exact formats only. */
  exact: number;
  asked: number;
  /** What it says that it drops. */
  says: readonly RecordPart[];
  /** What of consistent dialogues was in truth lost. */
  loses: readonly RecordPart[];
}

/** Writes and reads `n` dialogues in each format, drawn by a seed. */
export async function formatReports(n: number, seed: number): Promise<FormatReport[]> {
  const any = fc.sample(arbitraryDialogue, { numRuns: n, seed });
  const consistent = fc.sample(consistentDialogue, { numRuns: n, seed });
  const reports: FormatReport[] = [];
  for (const format of formatIds) {
    const { name, lacks } = formats[format];
    const claimsExact = lacks.length === 0;
    let exact = 0;
    if (claimsExact) {
      const { back } = await roundTrip(any, format);
      exact = any.filter((one, i) => sameRecord(one, back[i])).length;
    }
    const { back, text } = await roundTrip(consistent, format);
    const lost = new Set(
      consistent.flatMap((one, i) => {
        const came = back[i];
        return came ? partsLost(one, came, text) : recordParts;
      }),
    );
    const loses = recordParts.filter((part) => lost.has(part));
    reports.push({ format, name, claimsExact, exact, asked: n, says: lacks, loses });
  }
  return reports;
}

/** Whether what a format loses is what it says. */
export const isHonest = ({ claimsExact, exact, asked, says, loses }: FormatReport): boolean =>
  loses.every((part) => says.includes(part)) && (!claimsExact || exact === asked);
