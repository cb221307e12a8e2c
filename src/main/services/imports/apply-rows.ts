import type { RecordValues } from '@shared/domain/record'
import type { AppError } from '@shared/ipc/result'
import { changedFields } from '@shared/resources/compare'
import { toForm, type FormValues } from '@shared/resources/nested'
import { valueText } from '@shared/resources/value-text'
import type { PbxReader } from '../../portsip/pbx-client'
import { toAppError } from '../../ipc/to-app-error'
import { atOnce, endsAll } from '../destroy-many'
import type { JobHandle } from '../jobs'
import { secretTexts, withoutSecrets } from '../records/write-record'
import type { Approved } from '../writes/approved'
import type { Write } from '../writes/write'
import type { RowState } from './plan-rows'
import type { ImportTarget, RowAhead } from './target'

export interface ApplyRequest {
  readonly target: ImportTarget
  readonly approved: Approved
  readonly reader: PbxReader
  readonly rows: readonly RowAhead[]
  /** How a person calls the row. */
  readonly labelOf: (row: RowAhead) => string
  /** Takes a secret out of what a server says. */
  readonly clean: (row: RowAhead, text: string) => string
  readonly settle: (row: RowAhead, state: RowState) => void
}

const differences = (target: ImportTarget, values: FormValues, record: FormValues): string =>
  changedFields(target.compared(values), values, toForm(target.fields, record))
    .map((field) => `${field.label}: ${valueText(field, toForm([field], record)[field.key]) || 'empty'}`)
    .join(', ')

/** The one on the server that is this row, where its values are those that were sent. */
async function findAlike({ target, reader }: ApplyRequest, { values }: RowAhead): Promise<string | undefined> {
  const identities = target.identities(values)
  const alike = (await target.find(reader, values)).find(
    (record) =>
      target.identities(toForm(target.fields, record)).some((each) => identities.includes(each)) &&
      differences(target, values, record) === '',
  )
  return alike?.id
}

/** Sends one row and gives its ID; all rows are read back together at the end. */
function createOne(request: ApplyRequest, row: RowAhead): Promise<string> {
  const { target, approved } = request
  const values = row.values as RecordValues
  const write: Write = {
    kind: 'create',
    operation: target.operation,
    resource: target.resource,
    identity: `${target.one} ${target.identities(values)[0] ?? ''}`,
    before: {},
    changes: withoutSecrets(target, values),
  }
  return approved.perform(write, {
    send: (writer) => target.create(writer, values),
    readBack: (id) => Promise.resolve(id),
    noted: (newId) => ({ newId }),
    secrets: secretTexts(target, values),
    settling: {
      find: () => findAlike(request, row),
      missing: `No ${target.one} like this is on the server now.`,
    },
  })
}

/** Reads the list once and says of each row that was made whether the server holds what was sent. */
async function readBack(
  request: ApplyRequest,
  made: ReadonlyMap<string, RowAhead>,
  signal: AbortSignal,
): Promise<void> {
  const { target, reader, settle } = request
  const missing = new Map(made)
  for await (const page of target.existing(reader, signal))
    for (const record of page) {
      const row = made.get(record.id)
      if (row === undefined) continue
      missing.delete(record.id)
      const whole = target.whole === undefined ? record : await target.whole(reader, record.id, signal)
      const differs = differences(target, row.values, whole)
      if (differs !== '') settle(row, { state: 'created', reason: `The server holds other values. ${differs}` })
    }
  for (const row of missing.values())
    settle(row, { state: 'created', reason: 'The server took it, but it is not in the list' })
}

const told = ({ clean }: ApplyRequest, row: RowAhead, error: unknown): AppError => {
  const { fields = [], ...rest } = toAppError(error)
  const said = fields.map(({ path, message }) => `${path}: ${message}`).filter((each) => !rest.message.includes(each))
  return { ...rest, message: clean(row, [rest.message, ...said].join('. ')) }
}

/**
 * Sends the rows, four at once; each that does not succeed is told with its reason. Cancel lets those under way end and starts no other. At the end the list is
 * read once and compared with what was sent.
 */
export async function applyRows(request: ApplyRequest, job: JobHandle): Promise<void> {
  const { rows, labelOf, settle } = request
  const waiting = [...rows].reverse()
  const made = new Map<string, RowAhead>()
  let done = 0
  let ended: unknown
  job.progress(0, rows.length)
  const worker = async (): Promise<void> => {
    while (!job.signal.aborted && ended === undefined) {
      const row = waiting.pop()
      if (row === undefined) return
      try {
        made.set(await createOne(request, row), row)
        settle(row, { state: 'created', reason: '' })
      } catch (error) {
        const reason = told(request, row, error)
        settle(row, { state: 'failed', reason: reason.message })
        job.fail({ id: String(row.line), label: labelOf(row), error: reason })
        // Every further row would fail the same way.
        if (endsAll.has(reason.code)) ended = error
      }
      done += 1
      job.progress(done, rows.length)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  for (const row of waiting) settle(row, { state: 'unsent', reason: 'The import ended before this row' })
  if (ended !== undefined) throw ended
  if (made.size > 0)
    await readBack(request, made, new AbortController().signal).catch(() => {
      for (const row of made.values())
        settle(row, { state: 'created', reason: 'The server took it, but the list could not be read afterwards' })
    })
}
