import type { PbxRecord, RecordCheck, RecordValues, RecordView } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { Confirmation, WriteOutcome } from '@shared/domain/write'
import type { Result } from '@shared/ipc/result'
import type { ListId, ResourceId } from '@shared/resources/ids'
import { resourceOf } from '@shared/resources/registry'
import type { Resource } from '@shared/resources/resource'
import { invoke } from '@/ipc/client'

/** How the record of an editor is read, checked and written. */
export interface RecordPlace {
  readonly resource: Resource
  /** The key of its saved draft. */
  readonly draftKey: string
  /** The write is a job, which reports its result itself. */
  readonly isJob?: boolean
  /** Labels of what was entered beside the fields, and no draft contains. */
  readonly notInDraft?: () => readonly string[]
  readonly get: () => Promise<Result<RecordView>>
  readonly check: (changes: RecordValues) => Promise<Result<RecordCheck>>
  readonly create: (values: RecordValues, confirmation: Confirmation) => Promise<Result<WriteOutcome<PbxRecord>>>
  readonly update: (
    before: RecordValues,
    changes: RecordValues,
    confirmation: Confirmation,
  ) => Promise<Result<WriteOutcome<PbxRecord>>>
}

/** The key of a saved draft. */
export const draftKeyOf = (serverId: ServerId, resource: ResourceId): string => `${serverId}/${resource}`

/** A single resource of the registry, or a record of a list by its id. */
export function describedPlace(serverId: ServerId, resource: ResourceId, id?: string): RecordPlace {
  const target = { serverId, resource, ...(id !== undefined && { id }) }
  return {
    resource: resourceOf(resource),
    draftKey: draftKeyOf(serverId, resource),
    get: () => invoke('records:get', target),
    check: (changes) => invoke('records:check', { ...target, changes }),
    create: (values, confirmation) =>
      invoke('records:create', { ...target, resource: resource as ListId, values, confirmation }),
    update: (before, changes, confirmation) => invoke('records:update', { ...target, before, changes, confirmation }),
  }
}
