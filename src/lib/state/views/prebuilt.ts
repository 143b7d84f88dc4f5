import type { PrebuiltModel } from '../../engine/webgpu/prebuilt-list';
import { formatBytes } from '../../ui/format';
import { say } from '../../ui/messages';
import type { PrebuiltView } from '../../ui/models/view';

/** A model of web-llm's list as the page shows it; what is not known is said to be so. */
export function prebuiltView({
  id,
  bytes,
  memory,
  licence,
  needsHalf,
}: PrebuiltModel): PrebuiltView {
  const unknown = say('prebuilt.unknown');
  return {
    id,
    size: bytes === null ? unknown : say('prebuilt.about', { bytes: formatBytes(bytes) }),
    memory: memory === null ? unknown : formatBytes(memory),
    licence: licence ?? unknown,
    needsHalf,
  };
}
