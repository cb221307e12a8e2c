import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { retiredWord } from '@test/retired-words'
import { commentsAndTitles } from './comments-and-titles'
import { shownTexts } from './shown-texts'

const filesOf = (folder: string): readonly string[] =>
  readdirSync(resolve(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue|mjs)$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(resolve(folder), name))

/** The practice PBX answers in the vendor's words, and nobody reads those of the types. */
const files = ['src/main', 'src/renderer', 'src/shared'].flatMap(filesOf)

test('no retired word is in a text of the window', () => {
  const texts = files.flatMap(shownTexts)
  expect(texts.length).toBeGreaterThan(2000)
  const found = texts.filter(({ text }) => retiredWord.test(text))
  expect(found.map(({ where, text }) => `${where}: ${text}`)).toEqual([])
})

test('no retired word is in a comment or the title of a test', () => {
  const texts = ['src', 'test', 'build'].flatMap(filesOf).flatMap(commentsAndTitles)
  expect(texts.length).toBeGreaterThan(6000)
  const found = texts.filter(({ text }) => retiredWord.test(text.replaceAll(/\s*\n\s*\*?\s*/g, ' ')))
  expect(found.map(({ where, text }) => `${where}: ${text}`)).toEqual([])
})
