/** The Web Lock of whoever speaks on the first page: a dialogue or a fork. */
export const sessionLock = 'talk';
/** The Web Lock of the tab that works through the runs. */
export const runLock = 'runs';
