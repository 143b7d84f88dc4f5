import { say } from '../../ui/messages';
import type { SetupLine } from '../../ui/share/view';
import { askedModels } from '../choices';
import type { ModelEntry } from '../models';
import type { SharePlan } from '../share-apply';

/** What a link would set, line by line. @param models those that are here, for their titles */
export function shareLines(plan: SharePlan, models: readonly ModelEntry[]): SetupLine[] {
  const { setup, domain, domainName, profile, isNew } = plan;
  const { items } = domain.catalogue.pack.words;
  const joint = setup.recommender === 'counterpart';
  const title = (id: string | null) =>
    id === null ? say('share.model.own') : (models.find((model) => model.id === id)?.title ?? id);
  const chosen = { user: setup.models.user, recommender: setup.models.recommender };
  return [
    { label: say('setup.domain'), value: domainName },
    { label: say('profile.pick'), value: profile.summary },
    ...(isNew ? [{ label: '', value: say('share.profile.new') }] : []),
    ...(joint ? [] : [{ label: say('role.user'), value: say(`seat.${setup.user}`) }]),
    { label: say('role.recommender'), value: say(`seat.${setup.recommender}`, { items }) },
    ...askedModels(setup).map((seat) => ({
      label: say(`models.${seat}`),
      value: title(seat === 'both' ? setup.counterpart : chosen[seat]),
    })),
    { label: say('engine.choose'), value: say(`engine.${setup.engine}`) },
    { label: say('settings.seed'), value: String(setup.seed) },
    { label: say('settings.maxTurns'), value: String(setup.maxTurns) },
    { label: say('settings.candidates'), value: String(setup.candidates) },
    { label: say('settings.temperature'), value: String(setup.temperature) },
  ];
}
