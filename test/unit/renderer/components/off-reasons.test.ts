import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const source = join(import.meta.dirname, '../../../../src/renderer/src')

const components = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue'))

/** True of these means that a request is under way, which `v-off` says. */
const underWay =
  /^(busy|disabled|sending|checking|trusting|collecting|restoring|isSending|isChecking|sending\.value|trunks\.busy\.value)$/
/** A text, or something that is named as one. */
const isReason =
  /'[^']+'|^(missing|missingServers|notYet|unchecked|whyNot\(candidate\)|library\?\.problem|.* && revertText)$/

/** The alternatives of an expression, outside brackets. */
function alternatives(expression: string): string[] {
  const parts = ['']
  let depth = 0
  for (const piece of expression.split(/(\|\||[()])/)) {
    if (piece === '(') depth++
    if (piece === ')') depth--
    if (piece === '||' && depth === 0) parts.push('')
    else parts.push(`${parts.pop() ?? ''}${piece}`)
  }
  return parts.map((part) => part.trim())
}

it('each button that can be off says why', () => {
  const found = components.flatMap((file) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(/v-off="([^"]*)"/g)].map(([, value = '']) => ({
      file,
      value,
    })),
  )
  expect(found.length).toBeGreaterThan(100)
  const silent = found.filter(({ value }) =>
    alternatives(value).some((part) => !underWay.test(part) && !isReason.test(part)),
  )
  expect(silent).toEqual([])
})

it('no button of a feature is disabled, which would take the focus from it and say nothing', () => {
  const files = components.filter((file) => file.startsWith('features'))
  const disabled = files.flatMap((file) =>
    [
      ...readFileSync(join(source, file), 'utf8').matchAll(/<button\b(?:"[^"]*"|[^>"])*?\s:?disabled(?:="([^"]*)")?/g),
    ].map(([, value]) => `${file}: ${value}`),
  )
  // Fields of a form that cannot be changed at all, which a note above says.
  expect(disabled.filter((each) => !each.startsWith('features/brand/ImageField.vue'))).toEqual([])
})
