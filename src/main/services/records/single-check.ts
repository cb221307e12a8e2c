import type { RecordCheck, RecordValues } from '@shared/domain/record'
import type { ServerRecord } from '@shared/domain/server'
import { dangersOf } from '@shared/resources/danger'
import { toForm, type ApiRecord } from '@shared/resources/nested'
import type { Resource } from '@shared/resources/resource'
import { resourceIds } from '@shared/resources/ids'
import type { PbxReader } from '../../portsip/pbx-client'
import type { Hooks, RecordHooks } from './hooks'

/** The harm that values do by themselves: a guard where it stops the write, else a warning. */
export function dangerCheck({ fields }: Resource, changes: RecordValues, current: ApiRecord = {}): RecordCheck {
  const dangers = dangersOf(fields, changes, toForm(fields, current))
  return {
    guards: dangers
      .filter(({ stops }) => stops)
      .map(({ text }) => ({ kind: 'unsafe-value', message: text, addresses: [] })),
    warnings: dangers.filter(({ stops }) => !stops).map(({ text }) => text),
  }
}

interface SingleChange {
  readonly client: PbxReader
  readonly server: ServerRecord
  readonly current: ApiRecord
  readonly changes: RecordValues
  readonly signal: AbortSignal
}

/** The safety checks of a change to a resource that a server has once. */
export type SingleCheck = (resource: Resource, change: SingleChange) => Promise<RecordCheck>

/** Those of the values and those of the resource. */
export const singleCheck =
  (hooks: Hooks): SingleCheck =>
  async (resource, change) => {
    const id = resourceIds.find((each) => each === resource.id)
    const hook: RecordHooks | undefined = id === undefined ? undefined : hooks[id]
    const values = dangerCheck(resource, change.changes, change.current)
    const check = await hook?.check?.({ ...change, sending: true })
    return {
      ...check,
      guards: [...(check?.guards ?? []), ...values.guards],
      warnings: [...(check?.warnings ?? []), ...values.warnings],
    }
  }
