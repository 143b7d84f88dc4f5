import type { DomainPack, FactCard } from '../contracts/catalogue';
import type { ChatMessage } from '../contracts/engine';
import type { RecommenderView } from '../contracts/view';
import { renderFactCard } from '../domain/card';
import { hashText } from '../domain/random';
import { cleanText } from '../prompt/clean';
import { goldenPack, goldenRecommenderView } from '../prompt/golden';
import type { RolePrompt } from '../prompt/request';
import { promptVersion } from '../prompt/version';

/** An act as the generator is told it; items as cards. */
export type ToldAct =
  | { type: 'ask'; about: string }
  | { type: 'recommend' | 'answer'; card: FactCard }
  | { type: 'chat' }
  | { type: 'bye' };

/**
 * Stands for the title of what is recommended, as in UniCRS: the generator knows no title that nobody has said, so what the
 * ranker chose cannot be in a prompt.
 */
export const itemMark = 'ITEM';

/** Most words before the title that a recommendation must hold. */
const wordsBefore = 8;

function instruction(act: ToldAct, pack: DomainPack): string {
  switch (act.type) {
    case 'ask':
      return `Ask which ${act.about} the customer likes.`;
    case 'recommend':
      return `Recommend ${renderFactCard({ ...act.card, label: itemMark }, pack)}. Call it ${itemMark}.`;
    case 'answer':
      return `Answer the customer's question from these facts: ${renderFactCard(act.card, pack)}.`;
    case 'chat':
      return 'The customer has chosen. Wish a good time.';
    case 'bye':
      return 'Say goodbye.';
  }
}

/** GBNF: one line without brackets; where something is recommended, its mark after a few words at most. */
function wordsGrammar(isRecommending: boolean): string {
  const rest = '[^\\n\\r\\t\\x5B\\x5D]*';
  const first = '[^ \\n\\r\\t\\x5B\\x5D]';
  if (!isRecommending) return `root ::= ${first} ${rest}\n`;
  let lead = 'word';
  for (let i = 1; i < wordsBefore; i++) lead = `word (${lead})?`;
  return `root ::= (${lead})? "${itemMark}" ${rest}\nword ::= ${first} ${first}* " "\n`;
}

/**
 * What a modular system's generator is asked with: the conversation, and the act that was decided without it. It
 * writes words only; they may hold no action line, and hold the mark of what is recommended.
 */
export function generatorPrompt(view: RecommenderView, act: ToldAct, pack: DomainPack): RolePrompt {
  const { items } = pack.words;
  const turns = view.turns.map((turn): ChatMessage => ({
    role: turn.by === 'self' ? 'assistant' : 'user',
    content: cleanText(turn.text),
  }));
  const last = turns.at(-1);
  const heard = last?.role === 'user' ? `${last.content}\n` : '';
  return {
    messages: [
      {
        role: 'system',
        content: `You speak for a recommender of ${items}. You are told in brackets what to say. Say it to the customer in one short, friendly line.`,
      },
      ...(last?.role === 'user' ? turns.slice(0, -1) : turns),
      { role: 'user', content: `${heard}(${instruction(act, pack)})` },
    ],
    grammar: wordsGrammar(act.type === 'recommend'),
  };
}

const card: FactCard = {
  item: 'a',
  label: 'Alpha "One" (2001)',
  year: 2001,
  facts: [{ type: 'genre', value: 'horror' }],
};

/** Identifies the prompts of a modular system with a model as its generator, and of the user beside it. */
export function modularPromptVersion(): string {
  const acts: readonly ToldAct[] = [
    { type: 'ask', about: 'genre' },
    { type: 'recommend', card },
    { type: 'answer', card },
    { type: 'chat' },
    { type: 'bye' },
  ];
  const rendered = acts.map((act) => generatorPrompt(goldenRecommenderView, act, goldenPack));
  return hashText(JSON.stringify([promptVersion(), rendered])).slice(0, 12);
}
