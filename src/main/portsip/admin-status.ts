import { clipTexts } from '@shared/domain/clip-text'
import { systemStatusSchema, type SystemStatus } from '@shared/domain/system-status'
import { dealerStatus } from './account'
import type { PbxClient } from './pbx-client'

/** Characters of a text of the status: it is for display, never sent back. */
const textMax = 4000

/** GET /admin/status, for a system administrator, without the licence key: no part of it leaves here. */
export async function adminStatus(client: PbxClient): Promise<SystemStatus> {
  const path = '/admin/status'
  const status: SystemStatus = await client.request({
    operation: `GET ${path}`,
    method: 'GET',
    path,
    schema: systemStatusSchema,
  })
  const shown = Object.entries(status).filter(([key]) => !/licen[cs]e_?key/i.test(key))
  return clipTexts(Object.fromEntries(shown), textMax) as SystemStatus
}

/** The PBX's version as the role may read it: GET /admin/status or, for a dealer, GET /dealer/status. Undefined for other roles. */
export async function pbxVersion(client: PbxClient, role: string): Promise<string | undefined> {
  if (role === 'SystemAdmin') return (await adminStatus(client)).version
  if (role === 'Dealer') return (await dealerStatus(client)).version
  return undefined
}
