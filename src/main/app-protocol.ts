import { readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { protocol, type Session } from 'electron'
import { appHost, appScheme } from './app-origin'
import { contentSecurityPolicy } from './csp'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
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

const headersOf = (file: string): Record<string, string> => ({
  'Content-Type': types[extname(file)] ?? 'application/octet-stream',
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
})

const notFound = (): Response => new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain' } })

/** At once and not in the background: it is a fraction of a millisecond, the way back from the background is more, and the first paint waits for it. */
function bytesOf(file: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return new Uint8Array(readFileSync(file))
  } catch {
    return undefined
  }
}

/**
 * Serves the built renderer from `folder` as `app://fleet/…`; everything else on the scheme is 404. `served` is told of each file once it is on its way.
 */
export function serveApp(session: Session, folder: string, served: (file: string) => void): void {
  session.protocol.handle(appScheme, (request) => {
    const file = request.method === 'GET' ? fileOfUrl(folder, request.url) : undefined
    const bytes = file === undefined ? undefined : bytesOf(file)
    if (file === undefined || bytes === undefined) return notFound()
    setImmediate(served, file)
    return new Response(bytes, { headers: headersOf(file) })
  })
}
