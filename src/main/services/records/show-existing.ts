import { FleetError } from '@shared/ipc/result'
import type { ApiRecord } from '@shared/resources/nested'
import type { Resource } from '@shared/resources/resource'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord } from '../../portsip/records'
import { isGone } from '../is-gone'

/** The record that a person changes. One of many that is not there any more is `not-found`, and says that somebody deleted it. */
export async function showExisting(
  reader: PbxReader,
  resource: Resource,
  id: string | undefined,
  signal?: AbortSignal,
): Promise<ApiRecord> {
  try {
    return await showRecord(reader, resource, id, signal)
  } catch (error) {
    if (id === undefined || !isGone(error)) throw error
    const message = `This ${resource.singular} was deleted on the server`
    throw new FleetError({ code: 'not-found', operation: `GET ${resource.path}/{id}`, message }, { cause: error })
  }
}
