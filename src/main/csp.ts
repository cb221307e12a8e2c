const directives: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  // Naive UI adds style elements at runtime; style attributes in markup remain forbidden (docs/adr/0003).
  'style-src-elem': "'self' 'unsafe-inline'",
  'style-src-attr': "'none'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'none'",
  'frame-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  // Not supported by every Chromium; `closeNetwork` and the preload script do not depend on it.
  webrtc: "'block'",
}

/** Sent with every file of the app. The window has no network access; main sends its requests. */
export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ')
