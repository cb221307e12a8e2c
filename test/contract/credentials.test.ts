import { expect, test } from 'vitest'
import { z } from 'zod'
import { keyReplySchema } from '@main/portsip/key'
import { licenseSchema } from '@main/portsip/license'
import { tokenReplySchema } from '@main/portsip/server-tokens'
import { compare } from './compare'
import { reference } from './reference'

const key = z.object({ crt: z.string(), key: z.string() })

test('tokens, the certificate and the license are read as the reference says', () => {
  const seen = { needed: [] }
  for (const owner of ['sbc', 'im']) {
    expect(compare(tokenReplySchema, reference.answer(`GET /${owner}/token`), seen)).toEqual([])
    expect(reference.operation(`POST /${owner}/token`).body).toBeUndefined()
    expect(reference.operation(`POST /${owner}/token/destroy`).body).toBeUndefined()
  }
  expect(
    compare(keyReplySchema, reference.answer('GET /key'), {
      ...seen,
      except: { 'key.name': 'a private key is discarded immediately' },
    }),
  ).toEqual([])
  expect(
    compare(licenseSchema, reference.answer('GET /license'), {
      ...seen,
      except: { 'max_sim_calls.type': 'only shown' },
    }),
  ).toEqual([])
})

test('what is sent for them is what the reference takes', () => {
  expect(compare(key, reference.body('POST /key'), {})).toEqual([])
  expect(compare(z.object({ license_key: z.string() }), reference.body('POST /license'), {})).toEqual([])
})
