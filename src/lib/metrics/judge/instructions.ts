import { hashText } from '../../domain/random';

/** What a turn is judged by: aspects of FACE's kind (Joko et al. 2025). */
export const judgeAspects = ['relevance', 'interest', 'understanding', 'naturalness'] as const;
export type JudgeAspect = (typeof judgeAspects)[number];

/** One way to ask for an aspect. */
export interface JudgeInstruction {
  text: string;
  /** True where 5 is the bad end: a model that likes a digit, whatever is asked, comes out in the middle. */
  reversed: boolean;
}

const direct = (text: string): JudgeInstruction => ({ text, reversed: false });
const reversed = (text: string): JudgeInstruction => ({ text, reversed: true });

/** Several wordings an aspect, half of them reversed; their scores are averaged. */
export const judgeInstructions: Readonly<Record<JudgeAspect, readonly JudgeInstruction[]>> = {
  relevance: [
    direct(
      'How relevant is the last turn to what was said before? 1 = not at all, 5 = completely.',
    ),
    direct('Rate how well the last turn fits the conversation, from 1 (badly) to 5 (very well).'),
    reversed('How far is the last turn off the topic? 1 = not at all, 5 = completely.'),
    reversed('Rate how little the last turn has to do with the turns before it, from 1 to 5.'),
  ],
  interest: [
    direct('How interesting is the last turn? 1 = dull, 5 = very interesting.'),
    direct('Rate how much the last turn makes one want to go on talking, from 1 to 5.'),
    reversed('How boring is the last turn? 1 = not at all, 5 = very.'),
    reversed('Rate how empty and repetitive the last turn is, from 1 (not at all) to 5 (very).'),
  ],
  understanding: [
    direct(
      'How well does the speaker of the last turn understand the other one? 1 = not at all, 5 = perfectly.',
    ),
    direct('Rate from 1 to 5 how well the last turn takes up what the other speaker wants.'),
    reversed(
      'How much does the last turn miss what the other speaker said? 1 = not at all, 5 = completely.',
    ),
    reversed('Rate from 1 to 5 how badly the speaker of the last turn listens.'),
  ],
  naturalness: [
    direct('How natural does the last turn sound, as a person would say it? 1 = not, 5 = very.'),
    direct('Rate how human the last turn reads, from 1 (like a machine) to 5 (like a person).'),
    reversed('How odd or stilted does the last turn sound? 1 = not at all, 5 = very.'),
    reversed('Rate how artificial the last turn reads, from 1 (not at all) to 5 (very).'),
  ],
};

/** Changes whenever what the judge is asked does: scores of different versions are not compared. */
export const instructionsHash = hashText(JSON.stringify(judgeInstructions)).slice(0, 12);

/** The digits that an answer can be. */
export const judgeDigits = ['1', '2', '3', '4', '5'] as const;
export const judgeGrammar = `root ::= ${judgeDigits.map((digit) => `"${digit}"`).join(' | ')}`;
