/** The system's locale for `Intl`, with Latin digits and the Gregorian calendar; undefined if it is invalid. */
export function formatLocale(system: string): string | undefined {
  try {
    // Linux reports `de_DE.UTF-8` or `en-US@posix`.
    const tag = system.replace(/[.@].*$/, '').replaceAll('_', '-')
    // The window is in English, and addresses, IDs, ports and API values have ASCII digits and Gregorian dates, so
    // printed numbers match them. Number fields still accept the digits of every script.
    return new Intl.Locale(tag, { numberingSystem: 'latn', calendar: 'gregory' }).toString()
  } catch {
    return undefined
  }
}

/** Prefix of the argument with which main passes the system's locale to a process of the app. */
export const localeArgument = '--fleet-locale='

let systemLocale: string | undefined
let locale: string | undefined

/**
 * Sets the locale of all displayed numbers and times. Main and the window must use the same one, but the defaults of
 * `Intl` differ: Chromium uses the language of its interface. Main reads the system's locale and passes it to the
 * window (src/main/window.ts, src/preload/index.ts).
 */
export function setLocale(system: string): void {
  systemLocale = system
  locale = undefined
}

const runtimeLocale = (): string | undefined => formatLocale(new Intl.NumberFormat().resolvedOptions().locale)

/** The system's locale, or the runtime's if none was set. It is made with its first use, because `Intl` is slow to start. */
export const personLocale = (): string =>
  (locale ??= (systemLocale === undefined ? undefined : formatLocale(systemLocale)) ?? runtimeLocale() ?? 'en-US')

/** Removes direction marks from a text of `Intl`: in an English sentence they would reverse `27/11/2026`. */
export const withoutMarks = (text: string): string => text.replaceAll(/[\u061c\u200e\u200f]/g, '')
