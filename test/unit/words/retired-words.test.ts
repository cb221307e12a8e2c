import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { mayHaveRetiredWord, retiredWord } from '@test/retired-words'
import { temporaryFolder } from '../main/storage/temporary'
import { commentsAndTitles } from './comments-and-titles'
import { shownTexts, type ShownText } from './shown-texts'

const filesOf = (folder: string): readonly string[] =>
  readdirSync(resolve(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue|mjs)$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(resolve(folder), name))

/** The texts with a retired word; only a file that may have one is parsed. */
const found = (files: readonly string[], textsOf: (file: string) => readonly ShownText[]): readonly string[] =>
  files
    .filter((file) => mayHaveRetiredWord(readFileSync(file, 'utf8')))
    .flatMap(textsOf)
    .filter(({ text }) => retiredWord.test(text.replaceAll(/\s*\n\s*\*?\s*/g, ' ')))
    .map(({ where, text }) => `${where}: ${text}`)

/** The practice PBX answers in the vendor's words, and nobody reads those of the types. */
const ofWindow = ['src/main', 'src/renderer', 'src/shared'].flatMap(filesOf)
const all = ['src', 'test', 'build'].flatMap(filesOf)

test('no retired word is in a text of the window', () => {
  expect(ofWindow.length).toBeGreaterThan(800)
  expect(found(ofWindow, shownTexts)).toEqual([])
})

test('no retired word is in a comment or the title of a test', () => {
  expect(all.length).toBeGreaterThan(1500)
  expect(found(all, commentsAndTitles)).toEqual([])
})

test.each([
  ['in a string', 'a.ts', "const a = 'As\\ntold before'", shownTexts],
  ['in a template string', 'a.ts', 'const a = `${b} was told`', shownTexts],
  ['in a text of a component', 'a.vue', '<template><p>Delete all at\n    once</p></template>', shownTexts],
  ['in an attribute', 'a.vue', '<template><p title="Reads at most 3" /></template>', shownTexts],
  ['in an expression', 'a.vue', "<template><p>{{ a ? 'Was told' : '' }}</p></template>", shownTexts],
  ['in a script', 'a.vue', '<script setup lang="ts">\nconst a = \'Was told\'\n</script>', shownTexts],
  ['in a comment', 'a.ts', '/** Deletes all at\n * once. */', commentsAndTitles],
  ['in a comment of a line', 'a.vue', '<script>\n// As told before.\n</script>', commentsAndTitles],
  ['in a comment of a template', 'a.vue', '<template><!-- As WORD before. --></template>', commentsAndTitles],
  ['in a title', 'a.ts', "test('it is told', () => undefined)", commentsAndTitles],
  ['in a title with an escape sequence', 'a.ts', "test('all at\\nonce', () => undefined)", commentsAndTitles],
  ['in a title of a table', 'a.ts', "describe.each([1])('it is told', () => undefined)", commentsAndTitles],
])('a retired word is found %s', (_, name, code, textsOf) => {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, code.replace('WORD', 'told'))
  expect(found([file], textsOf)).toHaveLength(1)
})
