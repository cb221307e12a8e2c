import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { visibleText } from '@shared/domain/visible-text'
import {
  serverKey,
  type ImportChange,
  type ImportFile,
  type ImportFixed,
  type ImportOf,
  type ImportMapping,
  type ImportPlan,
} from '@shared/domain/import'
import type { ServerId } from '@shared/domain/server'
import type { Result } from '@shared/ipc/result'
import { isBlank } from '@shared/resources/blank'
import { requiredBy } from '@shared/resources/newest-version'
import { fieldTitle } from '@shared/resources/field-title'
import { isSecret } from '@shared/resources/secret'
import { plainText } from '@shared/text/plain-text'
import { useCloseQuestion } from '@/composables/close-question'
import { useDiscardQuestion } from '@/composables/discard-question'
import { useFileReading } from '@/composables/file-reading'
import { useRequest } from '@/composables/request'
import { useSessionQuestion } from '@/composables/session-question'
import { importDropped, invoke } from '@/ipc/client'
import { useNotify } from '@/stores/notify'
import { useSessions } from '@/stores/sessions'
import { resumedImport, suspendImport } from './suspended-imports'

/** Without a server, several, or the workspace. */
interface Target {
  readonly serverId?: ServerId
  readonly resource: ImportOf
}

export type ImportFileRun = ReturnType<typeof useImportFile>

/**
 * The file of an import: selected, dropped or pasted, with its columns. Its rows stay in main, which discards them when
 * the panel closes.
 */
export function useImportFile(
  target: () => Target,
  onOpened: () => void,
  /** The newest version of the servers, whose required fields count for all. */
  newest: () => string | undefined = () => undefined,
) {
  const notify = useNotify()
  const sessions = useSessions()
  const file = shallowRef<ImportFile>()
  const mapping = shallowRef<readonly (string | null)[]>([])
  /** Values of fields without a column, the same in every row. */
  const values = shallowRef<Readonly<Record<string, unknown>>>({})
  const plan = shallowRef<ImportPlan>()
  /** Increased when the rows change. */
  const revision = shallowRef(0)
  /** Whether rows were changed in the preview: these changes would go with the file. */
  const hasChangedRows = shallowRef(false)
  /** Whether the correction of a row is typed and not saved. */
  const isRowTyped = shallowRef(false)
  /** Whether the rows were sent, so that nothing is lost with the file. */
  const isDone = shallowRef(false)
  /** The columns as they were set for each way to read the file. */
  const mappings = new Map<string, ImportMapping>()
  const { question, ask } = useDiscardQuestion()
  const requests = useRequest()
  const { busy, error } = requests
  const reading = useFileReading()

  const unmapped = computed(() =>
    requiredBy(file.value?.fields ?? [], newest()).filter(({ key }) => !mapping.value.includes(key)),
  )
  /** Fields that may have one value for all rows. A password that many share is none. */
  const fixable = computed(() => unmapped.value.filter((field) => field.key !== serverKey && !isSecret(field)))
  const fixed = computed((): ImportFixed => {
    const given = fixable.value.filter(({ key }) => !isBlank(values.value[key]))
    return Object.fromEntries(given.map(({ key }) => [key, plainText(values.value[key])]))
  })
  const missing = computed(() =>
    unmapped.value.filter(({ key, required }) => required === true && !Object.hasOwn(fixed.value, key)),
  )
  /** Why there is no preview yet; empty if there can be one. */
  const missingColumns = computed(() => {
    if (mapping.value.every((key) => key === null)) return 'Map a column to a field first'
    const labels = missing.value.map((field) => fieldTitle(file.value?.fields ?? [], field))
    return labels.length === 0 ? '' : `Required: ${labels.join(', ')}. Map a column or add a value for all rows`
  })
  /** How many rows would be created. */
  const creating = computed(() => plan.value?.counts.create ?? 0)
  const setup = () => ({ ...id(), mapping: [...mapping.value], fixed: fixed.value })
  const id = (): { importId: string } => ({ importId: file.value?.importId ?? '' })

  async function request<T>(sent: Promise<Result<T>>): Promise<T | undefined> {
    const value = await requests.request(sent)
    if (error.value?.code === 'cancelled') error.value = undefined
    return value
  }

  const wayOf = ({ separator = '', isFirstRowHeader }: ImportFile): string => `${separator} ${isFirstRowHeader}`
  const isMapped = (): boolean =>
    mapping.value.some((key, at) => key !== file.value?.mapping[at]) || Object.keys(fixed.value).length > 0
  const isChanged = (): boolean => !isDone.value && (hasChangedRows.value || isRowTyped.value || isMapped())
  const isOpen = (): boolean => !isDone.value && file.value !== undefined
  const askToClose = (): Promise<boolean> =>
    ask(
      `${visibleText(file.value?.file ?? '')} is not imported yet. Its columns, values and corrected rows will be lost.`,
    )

  function forget(): void {
    if (file.value !== undefined) void invoke('imports:close', id())
    file.value = undefined
  }

  async function openFile(open: (readingId: string) => Promise<Result<ImportFile | null>>): Promise<void> {
    if (busy.value) return
    const opened = await request(reading.read(open))
    if (opened === null || opened === undefined) return
    forget()
    file.value = opened
    mapping.value = opened.mapping
    values.value = {}
    plan.value = undefined
    hasChangedRows.value = false
    isDone.value = false
    mappings.clear()
    onOpened()
  }

  /** Where a field may be a secret, the cells of a column are shown once it is mapped to another field. */
  async function showSamples(): Promise<void> {
    const wanted = mapping.value
    if (file.value?.fields.some(isSecret) !== true) return
    const reply = await invoke('imports:columns', { ...id(), mapping: [...wanted] })
    if (reply.ok && mapping.value === wanted) file.value = { ...file.value, columns: reply.value }
  }

  /** Shows the same file, read in another way. Columns and rows that were changed are kept for each way. */
  async function reread(reply: Promise<Result<ImportFile>>): Promise<void> {
    const before = { file: file.value, mapping: mapping.value }
    const opened = await request(reply)
    if (opened === undefined) return
    if (before.file) mappings.set(wayOf(before.file), before.mapping)
    file.value = opened
    mapping.value = mappings.get(wayOf(opened)) ?? opened.mapping
  }

  /** For the next step: an error is about the step on which it was shown. */
  function dropError(): void {
    error.value = undefined
  }

  /** Whether there is a new plan; otherwise the error says why. */
  async function showPlan(reply: Promise<Result<ImportPlan>>): Promise<boolean> {
    const next = await request(reply)
    if (next === undefined) return false
    plan.value = next
    revision.value += 1
    return true
  }

  async function change(changed: ImportChange): Promise<boolean> {
    const isChanged = await showPlan(invoke('imports:change', { ...id(), ...changed }))
    if (isChanged) hasChangedRows.value = true
    return isChanged
  }

  /** Closes the import, or its file, and asks first if something that was typed would be lost. */
  async function leave(close: () => void): Promise<void> {
    if (!isChanged() || (await askToClose())) close()
  }

  const canLeavePage = (): Promise<boolean> | boolean => !isOpen() || askToClose()

  const askToLeaveRow = (): Promise<boolean> | boolean =>
    !isRowTyped.value || ask('The correction of this row has not been saved and will be lost.')

  /** Whether another row, or another step, may be shown. */
  async function canLeaveRow(): Promise<boolean> {
    if (!(await askToLeaveRow())) return false
    isRowTyped.value = false
    return true
  }

  async function save(which: 'wrong' | 'result'): Promise<void> {
    const saved = await request(invoke('imports:saveResult', { ...id(), which }))
    if (saved?.saved === true) notify.success(`Saved as ${saved.name}`)
  }

  /** The server and list of this import, if they have a session that can end. */
  const sessionOf = () => {
    const { serverId, resource } = target()
    return serverId === undefined ? undefined : { serverId, resource }
  }

  /** The panel goes with the session; what was set is there again with the next one. */
  function leavePanel(): void {
    const of = sessionOf()
    if (of === undefined || !file.value || !isOpen() || sessions.state(of.serverId).phase === 'signed-in')
      return forget()
    suspendImport(of, {
      ...{ file: file.value, mapping: mapping.value, values: values.value },
      hasChangedRows: hasChangedRows.value,
    })
    const title = `${visibleText(file.value.file)} is not imported`
    notify.warning(title, 'The session ended and nothing was sent. Sign in and select Import… to continue.')
  }

  function resume(): void {
    const of = sessionOf()
    const opened = of && resumedImport(of)
    if (opened === undefined) return
    file.value = opened.file
    mapping.value = opened.mapping
    values.value = opened.values
    hasChangedRows.value = opened.hasChangedRows
    onOpened()
  }

  resume()
  watch(mapping, showSamples)
  useCloseQuestion(isOpen, askToClose)
  const session = sessionOf()
  // All else is there again with the next session.
  if (session !== undefined) useSessionQuestion(session.serverId, askToLeaveRow)
  onScopeDispose(leavePanel)

  return {
    file,
    mapping,
    busy,
    error,
    reading,
    missing,
    values,
    fixable,
    fixed,
    missingColumns,
    creating,
    setup,
    setFirstRow: (isHeader: boolean) => reread(invoke('imports:setFirstRow', { ...id(), isHeader })),
    setSeparator: (separator: string) => reread(invoke('imports:setSeparator', { ...id(), separator })),
    plan,
    revision,
    isRowTyped,
    isDone,
    question,
    showPlan,
    change,
    leave,
    canLeavePage,
    canLeaveRow,
    dropError,
    id,
    request,
    save,
    choose: () => openFile((readingId) => invoke('imports:choose', { ...target(), readingId })),
    paste: () => openFile((readingId) => invoke('imports:paste', { ...target(), readingId })),
    drop: (dropped: File) => openFile((readingId) => importDropped(dropped, { ...target(), readingId })),
  }
}
