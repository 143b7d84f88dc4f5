import type { Dialogue } from '../../contracts/dialogue';
import type { Catalogue } from '../../domain/catalogue';
import { defaultTheta } from '../../profile/fit';
import { createContext } from '../context';
import type { Metric } from '../metric';

/** A metric of one dialogue by itself. */
export interface DialogueValue {
  dialogueId: string;
  value: number;
}

/** A metric dialogue by dialogue, to be set against ratings; those that give no number are left out. */
export function valuesByDialogue(
  metric: Metric,
  dialogues: readonly Dialogue[],
  catalogue: Catalogue,
  theta: number = defaultTheta,
): DialogueValue[] {
  const context = createContext(dialogues, catalogue, theta);
  return dialogues.flatMap((dialogue) => {
    const { value } = metric.measure([dialogue], context);
    return value === null ? [] : [{ dialogueId: dialogue.id, value }];
  });
}
