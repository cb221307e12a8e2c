import { z } from 'zod'
import { systemStatusSchema, type SystemStatus } from '@shared/domain/system-status'
import type { PbxClient } from './pbx-client'

const dealerStatusSchema = z.looseObject({ version: z.string() })

const read = <T>(client: PbxClient, path: '/admin/status' | '/dealer/status', schema: z.ZodType<T>): Promise<T> =>
  client.request({ operation: `GET ${path}`, method: 'GET', path, schema })

/** GET /admin/status, for a system administrator, without the licence key: no part of it leaves here. */
export async function adminStatus(client: PbxClient): Promise<SystemStatus> {
  const status: SystemStatus = await read(client, '/admin/status', systemStatusSchema)
  return Object.fromEntries(Object.entries(status).filter(([key]) => !/licen[cs]e_?key/i.test(key))) as SystemStatus
}

/** The PBX's version as the role may read it: GET /admin/status or, for a dealer, GET /dealer/status. Undefined for other roles. */
export async function pbxVersion(client: PbxClient, role: string): Promise<string | undefined> {
  if (role === 'SystemAdmin') return (await adminStatus(client)).version
  if (role === 'Dealer') return (await read(client, '/dealer/status', dealerStatusSchema)).version
  return undefined
}
