/**
 * The colors of the app, once for the plain elements (published as CSS variables) and for Naive UI's theme. Text on each surface it is used on has
 * a contrast of 4.5:1 or more.
 */
export interface Tokens {
  readonly bg: string
  readonly panel: string
  readonly sidebar: string
  readonly text: string
  readonly muted: string
  readonly border: string
  readonly 'border-strong': string
  readonly hover: string
  readonly selected: string
  readonly accent: string
  readonly 'accent-hover': string
  readonly 'accent-soft': string
  readonly 'on-accent': string
  readonly danger: string
  readonly 'danger-soft': string
  readonly ok: string
  readonly 'ok-soft': string
  readonly warn: string
  readonly 'warn-soft': string
  /** Marks: dots and bars, not text; 3:1 on each surface. */
  readonly 'danger-mark': string
  readonly 'ok-mark': string
  readonly 'warn-mark': string
  readonly shadow: string
}

const lightTokens: Tokens = {
  bg: '#f4f6f9',
  panel: '#ffffff',
  sidebar: '#eceff4',
  text: '#1a2231',
  muted: '#556072',
  border: '#dbe0e8',
  'border-strong': '#758196',
  hover: '#e3e8ef',
  selected: '#d6e2fa',
  accent: '#2457c5',
  'accent-hover': '#1c479f',
  'accent-soft': '#e6eefc',
  'on-accent': '#ffffff',
  danger: '#b4232f',
  'danger-soft': '#fcebec',
  ok: '#176f43',
  'ok-soft': '#e4f5ec',
  warn: '#8a5200',
  'warn-soft': '#fdf2dc',
  'danger-mark': '#d92f3c',
  'ok-mark': '#178f52',
  'warn-mark': '#bb6c00',
  shadow: '0 1px 2px rgb(20 30 50 / 6%), 0 6px 20px rgb(20 30 50 / 7%)',
}

const darkTokens: Tokens = {
  bg: '#12151b',
  panel: '#1a1f27',
  sidebar: '#161a21',
  text: '#e4e8ef',
  muted: '#9ca7b8',
  border: '#2b323d',
  'border-strong': '#778397',
  hover: '#252c37',
  selected: '#24365c',
  accent: '#84abff',
  'accent-hover': '#a3c1ff',
  'accent-soft': '#1f2c47',
  'on-accent': '#0a1226',
  danger: '#ff8b92',
  'danger-soft': '#3a2024',
  ok: '#62cd94',
  'ok-soft': '#17312a',
  warn: '#edb75a',
  'warn-soft': '#352a17',
  'danger-mark': '#f0616a',
  'ok-mark': '#46bd7e',
  'warn-mark': '#e5a93c',
  shadow: '0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 35%)',
}

export const tokens = (dark: boolean): Tokens => (dark ? darkTokens : lightTokens)
