import { z } from 'zod'
import { transportStates, type TransportState } from '@shared/domain/transport-status'
import { FleetError } from '@shared/ipc/result'
import { pathPart } from '@shared/resources/path-part'
import type { PbxReader } from './pbx-client'

const schema = z.looseObject({ status: z.enum(transportStates).nullish() })

const read = async (client: PbxReader, by: string): Promise<TransportState | null> => {
  const path = `/transports/${pathPart(by)}/status`
  const { status } = await client.get({ operation: 'GET /transports/{id}/status', path, schema })
  return status ?? null
}

/**
 * GET /transports/{id}/status; null if the response has no status. According to the reference, `id` is the protocol; if
 * the PBX does not find it, the transport's ID is tried.
 */
export async function transportStatus(client: PbxReader, protocol: string, id: string): Promise<TransportState | null> {
  try {
    return await read(client, protocol)
  } catch (error) {
    if (!(error instanceof FleetError) || error.detail.status !== 404) throw error
    return read(client, id)
  }
}
