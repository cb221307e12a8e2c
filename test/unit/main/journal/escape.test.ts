import fc from 'fast-check'
import { Window } from 'happy-dom'
import { expect, it } from 'vitest'
import { visibleText } from '@shared/domain/visible-text'
import { escapeHtml } from '@main/services/html-page'
import { escapeMarkdown } from '@main/services/journal/report/report-markdown'

/** Texts with a meaning in HTML or Markdown, combined with any others. */
const part = fc.oneof(
  fc.constantFrom(
    '<img src=x onerror=alert(1)>',
    '</td></tr></table><script>',
    '&lt;&#60;&amp',
    '|',
    '\\|',
    '`code`',
    '```\n',
    '[x](javascript:alert(1))',
    '![x](http://x/y.png)',
    '<http://x>',
    'https://example.com',
    'www.example.com',
    '@admin',
    '# ',
    '\n\n# Title\n',
    '---\n',
    '1. ',
    '- ',
    '* * *',
    '~~x~~',
    '$x$',
    '[^1]',
    '\u202e',
    '\t',
    '"\'',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)
const hostile = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''))

it('any text remains text in HTML, in an element and in an attribute', () => {
  const { document } = new Window()
  fc.assert(
    fc.property(hostile, (text) => {
      const holder = document.createElement('div')
      holder.innerHTML = `<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`
      expect(holder.querySelectorAll('*')).toHaveLength(1)
      expect(holder.textContent).toBe(visibleText(text))
      expect(holder.querySelector('p')?.getAttribute('title')).toBe(visibleText(text))
    }),
  )
})

/** Removes Markdown escapes: a backslash before punctuation stands for that character. */
const read = (markdown: string): string => markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1')
/** Characters that a backslash cannot escape. */
const bare = (markdown: string): string => markdown.replace(/\\[!-/:-@[-`{-~]/g, '')

it('any text remains text in Markdown, on one line, in a cell, a list or a heading', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const markdown = escapeMarkdown(text)
      expect(read(markdown)).toBe(visibleText(text).trim())
      expect(bare(markdown)).not.toMatch(/[`*_[\]<>#|~&$@!\\\n\r]|:\/\/|www\./i)
      expect(markdown).not.toMatch(/^\s*([-+=:]|\d+[.)])(\s|$)|^\s*(---|===)/)
    }),
  )
})

it('addresses remain readable in the file', () => {
  for (const text of ['41.202.7.9/32', '2001:db8::1', 'pbx.example.com', '2026-07-06', '+4930123'])
    expect(escapeMarkdown(text)).toBe(text)
})
