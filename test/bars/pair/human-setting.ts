import type { HumanData } from './human';
import { readHumanData } from './human';
import { handLabels, humanRows, tag, type Tagged } from './tagging';
import { redialOf } from './setting';
import type { MeasureContext } from '../runner/bars';

/** The human dialogues with their acts, tagged without the questionnaire. */
export async function taggedHumans(
  root: string,
  context: MeasureContext,
): Promise<{ data: HumanData; tagged: Tagged }> {
  const labelled = new Set(handLabels(root).map(({ conversation }) => conversation));
  const data = readHumanData(root, redialOf(context), context.pair.limit, labelled);
  const rows = data.dialogues.flatMap(humanRows);
  const tagged = await tag(root, rows, data, context.folder, context.pair.python);
  return { data, tagged };
}
