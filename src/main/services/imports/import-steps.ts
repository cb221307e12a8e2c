import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import { listOf } from '@shared/resources/registry'
import { isSecret } from '@shared/resources/secret'
import type { ListTarget } from '../lists/target'
import type { NewPlan } from '../plans/plans-service'
import { identityOf, withoutSecrets } from '../records/write-record'
import type { RowState } from './check-rows'
import type { FileRow } from './read-import'
import { rowValues, type MappedColumn } from './row-values'

/** Rows that are not sent, as outcomes of steps. */
const settledAs = {
  skip: 'alreadyInPlace',
  conflict: 'conflict',
  wrong: 'notSent',
  readOnly: 'notSent',
  excluded: 'notSent',
} as const

interface StepsRequest {
  readonly target: ListTarget
  readonly columns: readonly MappedColumn[]
  readonly rows: readonly FileRow[]
  readonly stateOf: (at: number) => RowState
}

/** Every row as a step: those that are created, and the others with what was found of them. Secrets are apart. */
export function importSteps({
  target,
  columns,
  rows,
  stateOf,
}: StepsRequest): Required<Pick<NewPlan, 'steps' | 'secrets'>> {
  const secrets = new Map<number, RecordValues>()
  const steps = rows.map((row, at): PlanStep => {
    const [n, { state, reason }] = [at + 1, stateOf(at)]
    const read = rowValues(target, columns, row)
    const values = (read.ok ? read.values : {}) as RecordValues
    const secret = target.fields.filter((field) => isSecret(field) && Object.hasOwn(values, field.key))
    if (state === 'create' && secret.length > 0)
      secrets.set(n, Object.fromEntries(secret.map(({ key }) => [key, values[key] ?? null])))
    const identity = read.ok ? identityOf(listOf(target.resource), values) : 'invalid row'
    return {
      ...{ kind: 'step', n, row: row.line },
      write: {
        ...{ kind: 'create', operation: target.operation, resource: target.resource, identity },
        ...{ before: {}, changes: withoutSecrets(target, values) },
      },
      ...(secret.length > 0 && { secrets: secret.map(({ key }) => key) }),
      ...(state !== 'create' && { settled: { outcome: settledAs[state], reason } }),
    }
  })
  return { steps, secrets }
}
