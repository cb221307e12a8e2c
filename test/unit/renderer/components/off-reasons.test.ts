import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const source = join(import.meta.dirname, '../../../../src/renderer/src')

const components = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue'))

/** True of these means that a request is under way, which `v-off` says. */
const underWay =
  /^(busy|disabled|sending|checking|trusting|collecting|restoring|isSending|isChecking|sending\.value|trunks\.busy\.value|run\.busy\.value)$/
/** A text, or something that is named as one. */
const isReason =
  /'[^']+'|^(missing|(editor|run)\.(missing|missingToSend)\.value|missingServers|notYet|unchecked|item\.off|choice\.obstacle|whyNot\(candidate\)|library\?\.problem|.* && revertText)$/

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

/** The tags of this kind in a component's template. */
const tagsOf = (file: string, name: string): readonly string[] =>
  readFileSync(join(source, file), 'utf8').match(new RegExp(`<${name}\\b(?:"[^"]*"|[^>"])*>`, 'g')) ?? []

/** The controls of a form have this from the form: it is read-only or being sent, which is visible above it. */
const byForm = /:disabled="(disabled|isReadOnly|busy|sending|isSending|false)"/

it('each check box and radio button that can be off says why, as a button does', () => {
  const found = components
    .filter((file) => !file.startsWith('components/form'))
    .flatMap((file) => tagsOf(file, 'input').map((tag) => ({ file, tag })))
    .filter(({ tag }) => /type="(checkbox|radio)"/.test(tag))
  expect(found.length).toBeGreaterThan(10)
  expect(found.filter(({ tag }) => /\s:?disabled\b/.test(tag) && !byForm.test(tag))).toEqual([])
})

it('each list and text field of a page that can be off says why in its tooltip or its only option', () => {
  const found = components
    .filter((file) => file.startsWith('features'))
    .flatMap((file) => ['input', 'select'].flatMap((name) => tagsOf(file, name)).map((tag) => ({ file, tag })))
    .filter(({ tag }) => /\s:disabled=/.test(tag) && !byForm.test(tag) && !/\s:title=/.test(tag))
  // Its only option is "No other dealers".
  expect(found.filter(({ file }) => !file.endsWith('TenantDealersDialog.vue'))).toEqual([])
})

it('no reason only points to the confirmation', () => {
  const vague = components.filter((file) =>
    /(Complete|complete) the (confirmation|columns)/.test(readFileSync(join(source, file), 'utf8')),
  )
  expect(vague).toEqual([])
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
