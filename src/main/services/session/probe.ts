import { z } from 'zod'
import { allowed, type Account } from '@shared/access/allowed'
import type { Subject } from '@shared/access/rules'
import type { PbxReader } from '../../portsip/pbx-client'
import { codeOf, endsEverything } from './session-errors'

/** A small read of each page whose reply has no secret. */
const probes: readonly (readonly [Subject, string])[] = [
  ['tenants', '/tenants'],
  ['dealers', '/dealers'],
  ['ip-rules', '/ip_filters'],
  ['transports', '/transports'],
  ['trunk-assignments', '/providers'],
  ['system-settings', '/admin/settings'],
  ['notification', '/admin/notification'],
  ['network', '/network'],
]
const anything = z.looseObject({})

/** The pages that the PBX refuses to an account about which no document and no capability says anything. */
export async function refusedTo(account: Account, reader: PbxReader): Promise<readonly Subject[]> {
  const unknown = probes.filter(([subject]) => allowed(account, subject, 'read') === 'unknown')
  const isRefused = async (path: string): Promise<boolean> => {
    try {
      await reader.get({ operation: `GET ${path}`, path, query: { top: 1 }, schema: anything })
      return false
    } catch (error) {
      if (endsEverything(error)) throw error
      return codeOf(error) === 'forbidden'
    }
  }
  const results = await Promise.all(unknown.map(([, path]) => isRefused(path)))
  return unknown.flatMap(([subject], at) => (results[at] === true ? [subject] : []))
}
