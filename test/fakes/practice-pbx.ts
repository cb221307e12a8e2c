import { makeIdentity, type Identity } from '@demo/certificate'
import { startPracticePbx, type PracticeOptions, type PracticePbx } from '@demo/practice-pbx'

let identity: Promise<Identity> | undefined

/**
 * Starts a practice PBX with a key pair that the tests of a worker share, unless the options are about its certificate: to generate one takes longer
 * than the start itself.
 */
export async function startSharedKeyPbx(options: PracticeOptions): Promise<PracticePbx> {
  if (options.certificate !== undefined || options.certificateNames !== undefined) return startPracticePbx(options)
  identity ??= makeIdentity('valid-self-signed')
  return startPracticePbx({ identity: await identity, ...options })
}
