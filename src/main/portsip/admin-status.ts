import { clipTexts } from '@shared/domain/clip-text'
import { dealerFacts, systemFacts, type ServerFacts } from '@shared/domain/server-facts'
import { systemStatusSchema, type SystemStatus } from '@shared/domain/system-status'
import { dealerStatus } from './account'
import type { PbxReader } from './pbx-client'

/** Characters of a text of the status: it is for display, never sent back. */
const textMax = 4000

/** GET /admin/status, for a system administrator, without the license key: no part of it leaves here. */
export async function adminStatus(client: PbxReader): Promise<SystemStatus> {
  const path = '/admin/status'
  const status: SystemStatus = await client.get({
    operation: `GET ${path}`,
    path,
    schema: systemStatusSchema,
  })
  const shown = Object.entries(status).filter(([key]) => !/licen[cs]e_?key/i.test(key))
  return clipTexts(Object.fromEntries(shown), textMax) as SystemStatus
}

/** What the role's own status says. */
interface KnownStatus {
  readonly version?: string
  readonly facts: ServerFacts
}

/** The version that a status reports, if it does. */
export const versionOf = ({ version }: { readonly version?: string | null | undefined }) => (version ? { version } : {})

/** The PBX's version and limits as the role may read them: GET /admin/status or, for a dealer, GET /dealer/status. Undefined for other roles. */
export async function knownStatus(
  client: PbxReader,
  role: string,
  now: () => string,
): Promise<KnownStatus | undefined> {
  if (role === 'SystemAdmin') {
    const status = await adminStatus(client)
    return { ...versionOf(status), facts: systemFacts(status, now()) }
  }
  if (role !== 'Dealer') return undefined
  const status = await dealerStatus(client)
  return { ...versionOf(status), facts: dealerFacts(status, now()) }
}
