import type { HumanData } from './human';
import { readHumanData } from './human';
import { handLabels, humanRows, tag, type Tagged } from './tagging';
import { redialOf } from './setting';
import type { MeasureContext } from '../runner/bars';

/** The human dialogues of the data folder. */
export function humansOf(root: string, context: MeasureContext): HumanData {
  const labelled = new Set(handLabels(root).map(({ conversation }) => conversation));
  return readHumanData(root, redialOf(context), context.pair.limit, labelled);
}

/** The human dialogues with their acts, tagged without the questionnaire. */
export async function taggedHumans(
  root: string,
  context: MeasureContext,
  folder: string,
): Promise<{ data: HumanData; tagged: Tagged }> {
  const data = humansOf(root, context);
  const rows = data.dialogues.flatMap(humanRows);
  return { data, tagged: await tag(root, rows, data, folder, context.pair.python) };
}
