import type { ListQuery } from '@shared/domain/page'
import type { RecordCheck, RecordValues } from '@shared/domain/record'
import type { ServerRecord } from '@shared/domain/server'
import type { Guard } from '@shared/domain/write'
import type { ResourceId } from '@shared/resources/ids'
import type { RecordOf } from '@shared/resources/nested'
import type { KeyOf } from '@shared/resources/registry'
import type { PbxReader } from '../../portsip/pbx-client'
import type { ListedRecord } from '../../portsip/records'

/** Values of a form by field key. */
export type ValuesOf<K extends string> = { readonly [key in K]?: RecordValues[string] }

/** A write before it is sent: `changes` on top of `current`, which is absent for a new record. `K` are the keys of the resource's fields. */
export interface PendingWrite<K extends string = string> {
  readonly client: PbxReader
  readonly server: ServerRecord
  /** The role of the account that is signed in, if it is known. */
  readonly role?: string
  /** The version of the PBX, if it is known. */
  readonly version?: string
  /** Our address as this PBX sees it, if it is known. */
  readonly seenAs?: string
  readonly id?: string
  readonly changes: ValuesOf<K>
  readonly current?: RecordOf<K>
  /** It is about to be sent: only safety checks count, and nothing is read for display. */
  readonly sending?: true
  readonly signal?: AbortSignal
}

/** Records that are going to be created together. */
export interface PendingCreates<K extends string = string> {
  readonly client: PbxReader
  /** The role of the account that is signed in, if it is known. */
  readonly role?: string | undefined
  readonly rows: readonly ValuesOf<K>[]
}

export interface PendingDelete<K extends string = string> {
  readonly client: PbxReader
  readonly server: ServerRecord
  readonly ids: readonly string[]
  /** The records, if they were just read. */
  readonly records?: ReadonlyMap<string, RecordOf<K>>
}

/** The checks of a resource beyond those of its fields: the harm that a write would do. */
export interface RecordHooks<K extends string = string> {
  readonly check?: (write: PendingWrite<K>) => Promise<RecordCheck>
  /** Warnings about records that are created together, beyond those of each. */
  readonly checkCreates?: (creates: PendingCreates<K>) => Promise<readonly string[]>
  /** The rows that a query means, where that is more than the PBX finds; undefined for any other query. */
  readonly find?: (
    client: PbxReader,
    query: ListQuery,
    options?: { readonly signal?: AbortSignal },
  ) => Promise<readonly ListedRecord[]> | undefined
  readonly checkDestroy?: (destroy: PendingDelete<K>) => Promise<readonly Guard[]>
}

/** The hooks of the resources that have some. */
export type Hooks = { readonly [I in ResourceId]?: RecordHooks<KeyOf<I>> }
