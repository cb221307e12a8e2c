let resolve: () => void
const painted = new Promise<void>((done) => (resolve = done))

/** To be called once when the window has painted for the first time. */
export const onFirstPaint = (): void => resolve()

/** Resolves after the first paint: what is not needed for it must not keep it waiting. */
export const afterFirstPaint = (): Promise<void> => painted
