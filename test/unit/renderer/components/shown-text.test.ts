import { readFileSync } from 'node:fs'
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import ErrorNote from '@/components/ErrorNote.vue'
import TextLines from '@/components/TextLines.vue'
import { visibleText } from '@shared/domain/visible-text'
import { printNumber } from '@shared/format/print-number'
import { localDateTime } from '@shared/format/time'

const codes = [
  ...[0x00, 0x1b, 0x7f, 0x85, 0xad, 0x034f, 0x061c, 0x115f, 0x180e, 0x200b, 0x200d, 0x200e, 0x2028, 0x202e, 0x2060],
  ...[0x2067, 0x3164, 0xfe00, 0xfeff, 0xffa0, 0xfff9, 0x1d173, 0xe0001, 0xe0041, 0xe0100],
]

it.each(codes.map((code) => [code.toString(16), String.fromCodePoint(code)]))(
  'a template shows the character U+%s, which nobody sees, in any text',
  async (_code, character) => {
    vi.stubGlobal('fleet', { call: {}, on: {} })
    const message = `Acme${character}Berlin`
    const error = { code: 'rejected', message, hint: message, fields: [{ path: message, message }] } as const
    const wrapper = mount(ErrorNote, { props: { error } })
    await flushPromises()
    expect(wrapper.text()).not.toContain(character)
    expect(wrapper.text().split('Acme').length - 1).toBe(4)
    wrapper.unmount()
  },
)

it('letters, marks, emoji and own numbers and times are shown as they are', () => {
  for (const text of [
    'Zu\u0308rich',
    'Łódź',
    '東京',
    '❤️ Café',
    'عمان',
    '1\u00a0234',
    printNumber(1e9),
    localDateTime('2026-11-27T10:00:00Z'),
  ])
    expect(visibleText(text)).toBe(text)
})

it('a text with line breaks keeps them', () => {
  const wrapper = mount(TextLines, { props: { text: 'one\r\ntwo\u202e\n\nthree' } })
  expect(wrapper.html().replace(/<!--.*?-->|\n/g, '')).toBe('one<br>two⟨U+202E⟩<br><br>three')
})

it('the build of the app and of the tests treats templates alike', () => {
  for (const config of ['electron.vite.config.ts', 'vitest.config.ts'])
    expect(readFileSync(config, 'utf8')).toContain('plugins: [vue(), shownTexts()]')
})
