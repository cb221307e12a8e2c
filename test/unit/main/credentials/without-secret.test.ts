import { expect, it } from 'vitest'
import { FleetError } from '@shared/ipc/result'
import { withoutSecret } from '@main/services/without-secret'

it('removes the sent secret from an error text that repeats it', () => {
  const error = new FleetError({
    code: 'rejected',
    message: 'The PBX refused the request: bad key S3CRET',
    hint: 'S3CRET',
    fields: [{ path: 'key', message: '-----BEGIN PRIVATE KEY-----\nMIIE' }],
  })
  const text = JSON.stringify((withoutSecret(error, 'S3CRET') as FleetError).detail)
  expect(text).not.toMatch(/S3CRET|MIIE/)
  expect(text).toContain('The PBX refused the request')
})
