/** The locale of a system as `Intl` takes it, with Latin digits and the Gregorian calendar; undefined if it is none. */
export function formatLocale(system: string): string | undefined {
  try {
    // Linux reports `de_DE.UTF-8` or `en-US@posix`.
    const tag = system.replace(/[.@].*$/, '').replaceAll('_', '-')
    // The window is in English, and addresses, IDs, ports and the values of the API beside a number are in ASCII digits and Gregorian dates.
    // Number fields still accept the digits of every script.
    return new Intl.Locale(tag, { numberingSystem: 'latn', calendar: 'gregory' }).toString()
  } catch {
    return undefined
  }
}

/** Begins the argument with which a process of the app gets the system's locale from main. */
export const localeArgument = '--fleet-locale='

let locale: string | undefined

/**
 * Sets the locale of all numbers and times that people read. Main and the window have to agree, and `Intl` has different defaults there: Chromium uses
 * the language of its own texts. Main reads the system's locale and hands it to the window (src/main/window.ts, src/preload/index.ts).
 */
export function setLocale(system: string): void {
  locale = formatLocale(system)
}

/** The locale of the person: that of the system, or the runtime's where nothing was set. */
export const personLocale = (): string =>
  (locale ??= formatLocale(new Intl.NumberFormat().resolvedOptions().locale) ?? 'en-US')

/** A text of `Intl` without marks of the writing direction: in an English sentence they would turn `27/11/2026` around. */
export const withoutMarks = (text: string): string => text.replaceAll(/[\u061c\u200e\u200f]/g, '')
