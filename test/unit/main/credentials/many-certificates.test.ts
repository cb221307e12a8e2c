import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeIdentity } from '@demo/certificate'
import { Candidates } from '@main/services/certificate/candidates'
import { temporaryFolder } from '../storage/temporary'

it('a bundle of all roots of a system is rejected with its number and the limit, and nothing is added', async () => {
  const { cert } = await makeIdentity('valid-self-signed')
  const folder = temporaryFolder()
  const [one, many] = [join(folder, 'one.pem'), join(folder, 'many.pem')]
  writeFileSync(one, cert)
  writeFileSync(many, `${cert}\n`.repeat(100))
  const candidates = new Candidates()
  const { id } = await candidates.add('pbx', undefined, [one])
  await expect(candidates.add('pbx', id, [many])).rejects.toThrow(
    'These files have 101 certificates, and the limit is 100',
  )
  expect(candidates.get('pbx', id).certificates).toHaveLength(1)
})
