/** A rectangle of the window, in CSS pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const gap = 12;

/**
 * Where a panel stands beside what it speaks of: right of it, left, below or above, whichever has room first, and always
 * inside the window. Without room beside, it stands at the window's lower edge.
 */
export function placeBeside(
  target: Box,
  panel: Pick<Box, 'width' | 'height'>,
  view: Pick<Box, 'width' | 'height'>,
): { left: number; top: number } {
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  const within = (at: number, size: number, room: number) =>
    Math.max(gap, Math.min(at, room - size - gap));
  const left = within(target.left, panel.width, view.width);
  const top = within(target.top, panel.height, view.height);
  const places = [
    { left: right + gap, top },
    { left: target.left - gap - panel.width, top },
    { left, top: bottom + gap },
    { left, top: target.top - gap - panel.height },
  ];
  return (
    places.find(
      (place) =>
        place.left === within(place.left, panel.width, view.width) &&
        place.top === within(place.top, panel.height, view.height),
    ) ?? { left, top: within(view.height, panel.height, view.height) }
  );
}
