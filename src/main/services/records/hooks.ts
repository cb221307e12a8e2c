import type { RecordCheck, RecordValues } from '@shared/domain/record'
import type { ServerRecord } from '@shared/domain/server'
import type { Guard } from '@shared/domain/write'
import type { ResourceId } from '@shared/resources/ids'
import type { ApiRecord } from '@shared/resources/nested'
import type { PbxReader } from '../../portsip/pbx-client'

/** A write before it is sent: `changes` on top of `current`, which is absent where something new is made. */
export interface WriteAhead {
  readonly client: PbxReader
  readonly server: ServerRecord
  /** Of whoever is signed in, where it is known. */
  readonly role?: string
  /** Our address as this PBX sees it, if it is known. */
  readonly seenAs?: string
  readonly id?: string
  readonly changes: RecordValues
  readonly current?: ApiRecord
  /** It is about to be sent: only what may stop it counts, and nothing is read for show. */
  readonly sending?: true
  readonly signal?: AbortSignal
}

export interface DestroyAhead {
  readonly client: PbxReader
  readonly server: ServerRecord
  readonly ids: readonly string[]
  /** The records themselves, where they were just read. */
  readonly records?: ReadonlyMap<string, ApiRecord>
}

/** What a resource knows beyond its fields: the harm that a write would do. */
export interface RecordHooks {
  readonly check?: (write: WriteAhead) => Promise<RecordCheck>
  readonly checkDestroy?: (destroy: DestroyAhead) => Promise<readonly Guard[]>
}

/** The hooks of each resource that has any; the others have nothing to add. */
export type Hooks = Readonly<Partial<Record<ResourceId, RecordHooks>>>
