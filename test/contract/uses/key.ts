import { makeIdentity } from '@demo/certificate'
import type { Use } from './use'

export const useKey: Use = async (ask) => {
  await ask('GET /key')
  const [one, other] = await Promise.all([makeIdentity('valid-self-signed'), makeIdentity('valid-self-signed')])
  await ask('POST /key', { crt: one.cert, key: one.key })
  await ask('POST /key', { crt: one.cert, key: other.key })
}
