import { basename } from 'node:path'
import { matchesKey } from '../certificate/chain'
import { readPemFiles } from '../certificate/candidates'
import { leafOf } from '../plans/certificate-step'
import { rejected } from './kinds/kind'
import type { Rollout } from './rollout'

const hint = 'Nothing was sent. Select the private key that belongs to the certificate.'

/**
 * Reads the private key of a certificate again, which is not stored, and accepts it only for the frozen certificate.
 * Throws `disk`, `rejected`.
 */
export async function addKey(rollout: Rollout, paths: readonly string[]): Promise<void> {
  const key = (await readPemFiles(paths)).findLast((part) => part.key !== undefined)?.key
  const names = paths.map((path) => basename(path)).join(', ')
  if (key === undefined) throw rejected(`There is no private key in ${names}`, hint)
  const { object, pem, file } = key
  if (object === undefined) throw rejected(`The private key in ${file} has a passphrase. Remove the passphrase first.`)
  const lacking = rollout.lackingSecrets()
  if (!lacking.every(({ step }) => matchesKey(leafOf(step), object)))
    throw rejected(`The private key in ${file} does not belong to the certificate of this rollout`, hint)
  for (const { plan, step } of lacking) plan.addSecrets(step.n, { key: pem })
}

/** Throws `rejected` if the key must be selected before anything is sent. */
export function requireKey(rollout: Rollout): void {
  if (rollout.lackingSecrets().length > 0)
    throw rejected('The private key is not stored', 'Select its file, then continue. Nothing was sent.')
}
