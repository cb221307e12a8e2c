import { readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { protocol, type ProtocolResponse, type Session } from 'electron'
import { appHost, appScheme } from './app-origin'
import { contentSecurityPolicy } from './csp'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** Called before the app is ready: the scheme is a standard, secure origin, with V8's code cache for its scripts. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/**
 * The file that a URL of ours names, or undefined. What is allowed is listed (plain names, no dot in front), so an encoded `..`, a backslash or a NUL
 * names nothing; the joined path is checked again against the folder.
 */
export function fileOfUrl(folder: string, text: string): string | undefined {
  const url = new URL(text)
  if (url.host !== appHost) return undefined
  if (!/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(url.pathname)) return undefined
  const file = join(folder, url.pathname)
  return file.startsWith(folder + sep) && types[extname(file)] !== undefined ? file : undefined
}

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

const notFound: ProtocolResponse = { statusCode: 404, mimeType: 'text/plain', data: Buffer.from('Not found') }

/** Read at once and not in the background: it is a fraction of a millisecond, the way back from the background is more, and the first paint waits for it. */
function answerWith(file: string): ProtocolResponse {
  try {
    const mimeType = types[extname(file)] ?? 'application/octet-stream'
    return { data: readFileSync(file), mimeType, charset: 'utf-8', headers }
  } catch {
    return notFound
  }
}

/**
 * Serves the built renderer from `folder` as `app://fleet/…`; everything else on the scheme is 404. `served` is told of each file once it is on its way.
 * Not by `protocol.handle`: its Request and Response bring Node's whole HTTP client along, on the way to the first paint (docs/adr/0008).
 */
export function serveApp(session: Session, folder: string, served: (file: string) => void): void {
  session.protocol.registerBufferProtocol(appScheme, (request, answer) => {
    const file = request.method === 'GET' ? fileOfUrl(folder, request.url) : undefined
    answer(file === undefined ? notFound : answerWith(file))
    if (file !== undefined) setImmediate(served, file)
  })
}
