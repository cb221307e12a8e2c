import { visibleText } from '@shared/domain/visible-text'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for an element or a quoted attribute. */
export const escapeHtml = (text: string): string =>
  visibleText(text).replace(/[&<>"']/g, (character) => entities[character] ?? character)

/** Nothing is loaded, and nothing runs. */
const policy = "default-src 'none'; style-src 'unsafe-inline'"

/** The begin of a saved page without external resources or scripts, up to its heading. `htmlEnd` ends it. */
export function htmlBegin(title: string, style: string): string {
  const shown = escapeHtml(title)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${shown}</title>
<style>
${style}
</style>
</head>
<body>
<h1>${shown}</h1>
`
}

export const htmlEnd = '</body>\n</html>\n'
