import type { Role } from '../../contracts/action';
import type { EngineInfo } from '../../contracts/engine';
import { promptVersion } from '../../prompt/version';
import { formatBytes } from '../../ui/format';
import { say } from '../../ui/messages';
import type { LoadedView, ModelFact, ModelView } from '../../ui/models/view';
import type { ModelEntry } from '../models';
import type { ShelfRow } from '../shelf.svelte';

const roles: readonly Role[] = ['user', 'recommender'];

/** A model as the page shows it. @param seated the models of the next dialogue's seats; `null` where none sits */
export function modelView(
  { entry, manifest, error, kept, hasLibrary }: ShelfRow,
  seated: Readonly<Record<Role, ModelEntry | null>>,
): ModelView {
  const { id, title, role, added } = entry;
  const code = true;
  const facts: ModelFact[] = manifest
    ? [
        { label: 'models.fact.size', value: formatBytes(entry.bytes) },
        {
          label: 'models.fact.parameters',
          value: manifest.parameters.toLocaleString('en', { useGrouping: true }),
        },
        { label: 'models.fact.weights', value: manifest.quantization },
        { label: 'models.fact.prompts', value: promptsOf(manifest.promptVersion) },
        { label: 'models.fact.base', value: manifest.base },
        { label: 'models.fact.source', value: manifest.source },
        { label: 'models.fact.licence', value: manifest.licence },
        { label: 'models.fact.hash', value: manifest.hash, code },
      ]
    : [{ label: 'models.fact.size', value: formatBytes(entry.bytes) }];
  return {
    id,
    title,
    role,
    added,
    seats: roles.filter((seat) => seated[seat]?.id === id),
    facts,
    kept,
    hasLibrary,
    hasCard: entry.card !== null,
    error,
  };
}

/** What a seat has in memory. */
export function loadedView(role: Role, info: EngineInfo | null): LoadedView {
  if (info === null) return { role, text: null };
  const { model, kind, device, contextLength } = info;
  const context = contextLength ?? say('models.loaded.noContext');
  const engine = say(`engine.${kind}`);
  return { role, text: say('models.loaded.text', { model: model.id, engine, device, context }) };
}

function promptsOf(version: string | null): string {
  if (version === null) return say('models.fact.prompts.none');
  const current = promptVersion();
  return version === current ? version : say('models.fact.prompts.other', { version, current });
}
