import type { LaunchOptions } from './fleet-app'

/** Languages that write numbers and dates in other ways than English does, and letters that others fold or turn around. */
export const languages = { de: 'de_DE', fr: 'fr_FR', tr: 'tr_TR', ar: 'ar_EG' } as const
export type Language = keyof typeof languages

/** The locale of a system in this language, as Intl has it. */
export const localeOf = (language: Language): string => languages[language].replace('_', '-')

/** Starts the app as on a system in this language. */
export const inLanguage = (language: Language): LaunchOptions => ({
  args: [`--lang=${language}`],
  env: { LC_ALL: `${languages[language]}.UTF-8`, LANGUAGE: language },
})
