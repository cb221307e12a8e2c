import type { Noted } from './write'

const noted: Noted = {
  outcome: 'unknown',
  error: { code: 'unknown-outcome', message: 'The server confirmed the change, and its effect cannot be read.' },
}

/** For a change whose effect cannot be read, such as a password. The journal states that it was only confirmed. */
export const confirmedOnly = {
  readBack: (): Promise<void> => Promise.resolve(),
  noted: (): Noted => noted,
} as const
