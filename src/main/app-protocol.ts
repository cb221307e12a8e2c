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

/** Must be called before the app is ready: makes the scheme a standard, secure origin with V8's code cache. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/**
 * The file that one of our URLs names, or undefined. Only plain names without a leading dot are allowed, so an encoded
 * `..`, a backslash or a NUL names no file. The joined path must also be inside the folder.
 */
export function fileOfUrl(folder: string, text: string): string | undefined {
  const url = new URL(text)
  if (url.host !== appHost) return undefined
  if (!/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(url.pathname)) return undefined
  const file = join(folder, url.pathname)
  return file.startsWith(folder + sep) && types[extname(file)] !== undefined ? file : undefined
}

/**
 * No Cross-Origin-Opener-Policy: Chromium would start a second process for the page at every start, and no other page
 * can have a reference to ours, because windows cannot be opened (docs/adr/0008).
 */
const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

const notFound: ProtocolResponse = { statusCode: 404, mimeType: 'text/plain', data: Buffer.from('Not found') }

/**
 * Synchronous, because it takes a fraction of a millisecond, which is less than an asynchronous read, and the first
 * paint waits for it.
 */
function responseFor(file: string): ProtocolResponse {
  try {
    const mimeType = types[extname(file)] ?? 'application/octet-stream'
    return { data: readFileSync(file), mimeType, charset: 'utf-8', headers }
  } catch {
    return notFound
  }
}

/**
 * Serves the built renderer from `folder` as `app://fleet/…`; other requests get 404. `onServed` is called after each
 * file was sent. Not `protocol.handle`, because its Request and Response load Node's whole HTTP client before the first
 * paint (docs/adr/0008).
 */
export function serveApp(session: Session, folder: string, onServed: (file: string) => void): void {
  session.protocol.registerBufferProtocol(appScheme, (request, respond) => {
    const file = request.method === 'GET' ? fileOfUrl(folder, request.url) : undefined
    respond(file === undefined ? notFound : responseFor(file))
    if (file !== undefined) setImmediate(onServed, file)
  })
}
