import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { noContent, ok } from '../answer'
import { validationProblem } from '../api-problem'
import { operation, operationWithBody, type Operation } from '../operation'

const bodySchema = z.object({ crt: z.string().min(1), key: z.string().min(1) })

const refused = (field: 'crt' | 'key', message: string) => validationProblem([{ field, message }])

function readCertificate(crt: string): X509Certificate {
  try {
    return new X509Certificate(crt)
  } catch {
    throw refused('crt', 'The certificate is not PEM')
  }
}

/** A real PBX accepts a key with a passphrase and then does not start; this one refuses it. */
function readKey(key: string): KeyObject {
  if (/ENCRYPTED/.test(key)) throw refused('key', 'The key has a passphrase')
  try {
    return createPrivateKey(key)
  } catch {
    throw refused('key', 'The key is not PEM')
  }
}

/** GET and POST /key. A stored certificate is used after the web server restarts. */
export const keyOperations: readonly Operation[] = [
  operation({ method: 'GET', path: '/key', allow: ['SystemAdmin'], answer: ({ world }) => ok(world.key) }),
  operationWithBody({
    method: 'POST',
    path: '/key',
    allow: ['SystemAdmin'],
    body: bodySchema,
    answer: ({ world, body }) => {
      const certificate = readCertificate(body.crt)
      if (!certificate.checkPrivateKey(readKey(body.key))) throw refused('key', 'The key does not fit the certificate')
      world.key = body
      return noContent
    },
  }),
]
