import { FleetError } from '@shared/ipc/result'

const mask = '[removed]'

/** Names of credentials in JSON, forms, headers and URL queries. */
const names =
  '(?:[a-z]+[_-])?(?:password|passwd|pwd|secret|token|otp|api[_-]?key|license[_-]?key)|authorization|proxy-authorization|cookie|set-cookie|credentials?|private[_-]?key'

const secretName = new RegExp(`^(?:${names})$`, 'i')
/** A one-time code is named `code`, like error codes, but consists only of digits. */
const oneTimeCode = /^\d{4,10}$/

const rules: readonly (readonly [rule: RegExp, by: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  // JSON within JSON: \"password\":\"…\"
  [
    new RegExp(`(\\\\+["'](?:${names})\\\\+["']\\s*:\\s*)\\\\+["'][\\s\\S]*?(?:\\\\+["'](?=\\s*[,}\\]])|$)`, 'gi'),
    `$1${mask}`,
  ],
  // JSON, and objects as Node prints them: "password":"…", password: '…'
  [
    new RegExp(`((?:["']|\\b)(?:${names})["']?\\s*[:=]\\s*)(["'\`])(?:\\\\[\\s\\S]|(?!\\2)[^\\\\])*\\2?`, 'gi'),
    `$1"${mask}"`,
  ],
  [/((?:["']|\b)code\\*["']?\s*[:=]\s*\\*["']?)\d{4,10}\b/gi, `$1${mask}`],
  [/\b(Bearer|Basic|Digest|Negotiate)\s+[\w.~+/=:-]{4,}/gi, `$1 ${mask}`],
  // Headers, forms, queries: Cookie: …, access_token=…
  [new RegExp(`(\\b(?:${names})\\s*[:=]\\s*)(?!["'\\[\\\\])[^\\s&;,"'{}]+`, 'gi'), `$1${mask}`],
  // A JSON web token, recognized by its form.
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, mask],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi, `$1${mask}@`],
]

/** Only the beginning of a long text is logged; the rules would take seconds for all of it. */
const lengthMax = 10_000

/** Text without credentials, for the log; long text is truncated. Masks rather too much than too little. */
export function redact(text: string): string {
  const shortened = text.length > lengthMax ? text.slice(0, lengthMax) : text
  const masked = rules.reduce((result, [rule, by]) => result.replace(rule, by), shortened)
  return text.length > lengthMax ? `${masked}… (${text.length} characters)` : masked
}

const isSecret = (key: string, value: unknown): boolean =>
  secretName.test(key) || (key.toLowerCase() === 'code' && oneTimeCode.test(String(value)))

function describe(value: unknown, ancestors: readonly unknown[]): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (ancestors.includes(value) || ancestors.length > 5) return '[…]'
  const path = [...ancestors, value]
  if (value instanceof FleetError) return describe({ ...value.detail, cause: value.cause }, path)
  if (value instanceof Error) {
    // Errors of the HTTP client include the request with headers and body, so only these fields are logged.
    const code = 'code' in value && typeof value.code === 'string' ? { code: value.code } : {}
    return { name: value.name, ...code, stack: redact(value.stack ?? value.message) }
  }
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => describe(item, path))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSecret(key, item) ? mask : describe(item, path)]),
  )
}

/** Any value as text without credentials. */
export const describeForLog = (value: unknown): string =>
  typeof value === 'string' ? redact(value) : (JSON.stringify(describe(value, [])) ?? String(value))
