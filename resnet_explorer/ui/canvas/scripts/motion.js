// @ts-check
/** How long numbers count and drawings move from one net to the next. */
export const MOVE_MS = 600;
