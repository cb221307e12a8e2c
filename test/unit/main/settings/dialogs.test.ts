import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { scriptedDialogs } from '@main/services/dialogs'
import { temporaryFolder } from '../storage/temporary'

it('scripted dialogs return their answers in order, with null for Cancel, and fail without one', async () => {
  const file = join(temporaryFolder(), 'answers.json')
  writeFileSync(file, JSON.stringify(['/a/b.json', null, '/folder']))
  const dialogs = scriptedDialogs(file)
  const question = { title: 'Any', defaultPath: 'x', filters: [] }
  expect(await dialogs.saveFile(question)).toBe('/a/b.json')
  expect(await dialogs.openFile(question)).toBeUndefined()
  expect(await dialogs.openFolder({ title: 'Any' })).toBe('/folder')
  expect(readFileSync(file, 'utf8')).toBe('[]')
  await expect(dialogs.openFile(question)).rejects.toThrow(/No answer is left/)
})
