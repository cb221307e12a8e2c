import { describe, expect, test } from 'vitest'
import { handoverName } from '@main/services/customers/handover'
import { safeName } from '@main/services/exports/safe-name'
import { temporaryFolder } from '../storage/temporary'
import { ExportsHarness } from './harness'

describe('a file name', () => {
  test.each([
    ['Block 3 ranges on Nord/Süd', 'Block 3 ranges on Nord_Süd'],
    ['C:\\Kunden\\Süd', 'C_Kunden_Süd'],
    ['a // b', 'a _ b'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['/', 'export'],
    ['. .', 'export'],
    ['aux', '_aux'],
    ['A\u202Etxt.exe', 'A_txt.exe'],
  ])('of %j is %j', (name, expected) => expect(safeName(name)).toBe(expected))

  test('of a handover keeps both parts of a tenant’s name', () =>
    expect(handoverName('Bäckerei/Konditorei Moser')).toBe('Handover Bäckerei_Konditorei Moser.html'))

  test.each(['Nord/Süd', 'Nord\\Süd', 'Nord:Süd', 'Nord?Süd'])(
    'of an export of %j has the whole name',
    async (name) => {
      const harness = await ExportsHarness.start(temporaryFolder(), { rules: 1 }, name)
      await harness.run('csv')
      const [entry] = await harness.library.list()
      expect(entry?.file).toMatch(/^Nord_Süd ip-rules .*\.csv$/)
      await harness.close()
    },
  )
})
