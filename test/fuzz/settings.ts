/** `npm run fuzz` sets both: a random seed, and how many times as many inputs as in `npm test`. */
export const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_126)
export const times = Number(process.env['FUZZ_TIMES'] ?? 1)

/** Inputs of each kind; 5,000 together. */
export const counts = { replies: 2500 * times, files: 1300 * times, stored: 1200 * times } as const

/** Only ends a program that hangs; no test waits for it. */
export const hangMs = 60_000
/** For a whole test. */
export const testMs = 600_000 * times

/** How to repeat an input that failed. */
export const about = (index: number, title: string): string => `FUZZ_SEED=${seed}, input ${index}: ${title}`
