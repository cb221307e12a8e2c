import { FleetError } from '@shared/ipc/result'

const mask = '[removed]'

/** Names under which credentials travel: in JSON, in a form, in a header, in a URL's query. */
const names =
  '(?:[a-z]+[_-])?(?:password|passwd|pwd|secret|token|otp|api[_-]?key|license[_-]?key)|authorization|proxy-authorization|cookie|set-cookie|credentials?|private[_-]?key'

const secretName = new RegExp(`^(?:${names})$`, 'i')
/** The code of a second factor is called just `code`, as error codes are: those have no digits only. */
const oneTimeCode = /^\d{4,10}$/

const rules: readonly (readonly [rule: RegExp, by: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  // JSON within JSON: \"password\":\"…\"
  [
    new RegExp(`(\\\\+["'](?:${names})\\\\+["']\\s*:\\s*)\\\\+["'][\\s\\S]*?(?:\\\\+["'](?=\\s*[,}\\]])|$)`, 'gi'),
    `$1${mask}`,
  ],
  // JSON, and an object as Node prints it: "password":"…", password: '…'
  [
    new RegExp(`((?:["']|\\b)(?:${names})["']?\\s*[:=]\\s*)(["'\`])(?:\\\\[\\s\\S]|(?!\\2)[^\\\\])*\\2?`, 'gi'),
    `$1"${mask}"`,
  ],
  [/((?:["']|\b)code\\*["']?\s*[:=]\s*\\*["']?)\d{4,10}\b/gi, `$1${mask}`],
  [/\b(Bearer|Basic|Digest|Negotiate)\s+[\w.~+/=:-]{4,}/gi, `$1 ${mask}`],
  // A header, a form, a query: Cookie: …, access_token=…
  [new RegExp(`(\\b(?:${names})\\s*[:=]\\s*)(?!["'\\[\\\\])[^\\s&;,"'{}]+`, 'gi'), `$1${mask}`],
  // A JSON web token by its looks, wherever it stands.
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, mask],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi, `$1${mask}@`],
]

/** A reply in the log helps with its beginning; the rules would take seconds over all of a large one. */
const longest = 10_000

/** Text without credentials, for the log, cut where it is long: what looks like one is masked, rather too much than too little. */
export function redact(text: string): string {
  const start = text.length > longest ? text.slice(0, longest) : text
  const masked = rules.reduce((result, [rule, by]) => result.replace(rule, by), start)
  return text.length > longest ? `${masked}… (${text.length} characters)` : masked
}

const isSecret = (key: string, value: unknown): boolean =>
  secretName.test(key) || (key.toLowerCase() === 'code' && oneTimeCode.test(String(value)))

function described(value: unknown, above: readonly unknown[]): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (above.includes(value) || above.length > 5) return '[…]'
  const within = [...above, value]
  if (value instanceof FleetError) return described({ ...value.detail, cause: value.cause }, within)
  if (value instanceof Error) {
    // An HTTP client's error carries the request with its headers and its body: only what names the fault is taken.
    const code = 'code' in value && typeof value.code === 'string' ? { code: value.code } : {}
    return { name: value.name, ...code, stack: redact(value.stack ?? value.message) }
  }
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => described(item, within))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSecret(key, item) ? mask : described(item, within)]),
  )
}

/** Any value as one text without credentials. */
export const describeForLog = (value: unknown): string =>
  typeof value === 'string' ? redact(value) : (JSON.stringify(described(value, [])) ?? String(value))
