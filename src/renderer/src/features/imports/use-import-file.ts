import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { visibleText } from '@shared/domain/visible-text'
import {
  serverKey,
  serversImport,
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
import { listOf } from '@shared/resources/registry'
import { isSecret } from '@shared/resources/secret'
import { plainText } from '@shared/text/plain-text'
import { typedNote } from '@/components/form/confirm'
import { useCloseQuestion } from '@/composables/close-question'
import { useDiscardQuestion } from '@/composables/discard-question'
import { useFileReading } from '@/composables/file-reading'
import { useRequest } from '@/composables/request'
import { importDropped, invoke } from '@/ipc/client'
import { useNotify } from '@/stores/notify'
import { useSessions } from '@/stores/sessions'
import { useWorkspace } from '@/stores/workspace'
import type { RowCorrection } from './row-correction'
import {
  dropSuspended,
  importLoss,
  resumedImport,
  suspendImport,
  useSuspendedImports,
  type ImportPlace,
  type SuspendedImport,
} from './suspended-imports'

/** Without a server, several, or the workspace. */
interface Target {
  readonly serverId?: ServerId
  readonly resource: ImportOf
}

interface Options {
  /** The newest version of the servers, whose required fields count for all. */
  readonly newest?: () => string | undefined
  /** How far the import is, for the next session of its server. */
  readonly progress?: () => Pick<SuspendedImport, 'isPreviewed' | 'note'>
}

export type ImportFileRun = ReturnType<typeof useImportFile>

/**
 * The file of an import: selected, dropped or pasted, with its columns. Its rows stay in main, which discards them when
 * the panel closes.
 */
export function useImportFile(
  target: () => Target,
  onOpened: () => void,
  { newest = () => undefined, progress = () => ({ isPreviewed: false, note: '' }) }: Options = {},
) {
  const notify = useNotify()
  const sessions = useSessions()
  const workspace = useWorkspace()
  const suspended = useSuspendedImports()
  const file = shallowRef<ImportFile>()
  const mapping = shallowRef<readonly (string | null)[]>([])
  /** Values of fields without a column, the same in every row. */
  const values = shallowRef<Readonly<Record<string, unknown>>>({})
  const plan = shallowRef<ImportPlan>()
  /** Increased when the rows change. */
  const revision = shallowRef(0)
  /** Whether rows were changed in the preview: these changes would go with the file. */
  const hasChangedRows = shallowRef(false)
  /** The correction of a row that is typed and not saved. */
  const correction = shallowRef<RowCorrection>()
  /** Whether the rows were sent, so that nothing is lost with the file. */
  const isDone = shallowRef(false)
  /** The columns and the typed correction as they were for each way to read the file. */
  const ways = new Map<string, { readonly mapping: ImportMapping; readonly correction: RowCorrection | undefined }>()
  /** Whether the panel is gone; a request that was sent may still be answered. */
  let isGone = false
  /** Whether the user agreed to lose the import with its page. */
  let isDiscarded = false
  const ask = useDiscardQuestion()
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
    const labels = missing.value.map((field) => fieldTitle(file.value?.fields ?? [], field))
    if (labels.length > 0) return `Required: ${labels.join(', ')}. Map a column or add a value for all rows`
    return mapping.value.every((key) => key === null) ? 'Map a column to a field first' : ''
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
  const isChanged = (): boolean =>
    !isDone.value && (hasChangedRows.value || correction.value !== undefined || isMapped())
  const isOpen = (): boolean => !isDone.value && file.value !== undefined
  const askToClose = (): Promise<boolean> =>
    ask(`${visibleText(file.value?.file ?? '')} is not imported yet. ${importLoss}`)

  function forget(): void {
    if (file.value !== undefined) void invoke('imports:close', id())
    file.value = undefined
  }

  async function openFile(open: (readingId: string) => Promise<Result<ImportFile | null>>): Promise<void> {
    if (busy.value) return
    const opened = await request(reading.read(open))
    if (opened === null || opened === undefined) return
    if (sessionOf() !== undefined && !(await suspended.makeRoom(ask))) {
      void invoke('imports:close', { importId: opened.importId })
      return
    }
    forget()
    file.value = opened
    mapping.value = opened.mapping
    values.value = {}
    plan.value = undefined
    hasChangedRows.value = false
    correction.value = undefined
    isDone.value = false
    ways.clear()
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
    const before = { file: file.value, mapping: mapping.value, correction: correction.value }
    const opened = await request(reply)
    if (opened === undefined) return
    if (before.file) ways.set(wayOf(before.file), before)
    const way = ways.get(wayOf(opened))
    file.value = opened
    mapping.value = way?.mapping ?? opened.mapping
    correction.value = way?.correction
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

  /** Closes the import, or its file, and asks first if something that was typed, such as the note of its confirmation, would be lost. */
  async function leave(close: () => void, note = progress().note): Promise<void> {
    const isNoteTyped = !isDone.value && typedNote(note).length > 0
    if ((isChanged() || isNoteTyped) && !(await askToClose())) return
    forget()
    close()
  }

  const canLeavePage = async (): Promise<boolean> => !isOpen() || (isDiscarded = await askToClose())

  /** Whether another row, or another step, may be shown. */
  async function canLeaveRow(): Promise<boolean> {
    if (correction.value === undefined) return true
    if (!(await ask('The correction of this row has not been saved and will be lost.'))) return false
    correction.value = undefined
    return true
  }

  async function save(which: 'wrong' | 'result'): Promise<void> {
    const saved = await request(invoke('imports:saveResult', { ...id(), which }))
    if (saved?.saved === true) notify.success(`Saved as ${saved.name}`)
  }

  /** The server and list of this import, if they have a session that can end. */
  const sessionOf = (): ImportPlace | undefined => {
    const { serverId, resource } = target()
    return serverId === undefined || resource === serversImport ? undefined : { serverId, resource }
  }

  /** Nothing is lost with the file from now on. */
  function finish(): void {
    isDone.value = true
    if (!isGone) return
    dropSuspended(id().importId)
    forget()
  }

  /** The panel goes with the session; what was set and typed is there again with the next one. */
  function leavePanel(): void {
    isGone = true
    const of = sessionOf()
    if (of === undefined || !file.value || isDiscarded || isDone.value || !workspace.byId.has(of.serverId))
      return forget()
    const isEnded = sessions.state(of.serverId).phase !== 'signed-in'
    const way = isEnded
      ? 'The session ended and nothing was sent. Sign in and select Import… to continue.'
      : 'Nothing was sent. Select Import… to continue.'
    const opened = {
      file: file.value,
      label: listOf(of.resource).label,
      mapping: mapping.value,
      values: values.value,
      correction: correction.value,
      hasChangedRows: hasChangedRows.value,
      ...progress(),
    }
    suspendImport(of, opened, notify.warning(`${visibleText(file.value.file)} is not imported`, way))
  }

  function resume(): SuspendedImport | undefined {
    const of = sessionOf()
    const opened = of && resumedImport(of)
    if (opened === undefined) return undefined
    file.value = opened.file
    mapping.value = opened.mapping
    values.value = opened.values
    hasChangedRows.value = opened.hasChangedRows
    correction.value = opened.correction
    onOpened()
    return opened
  }

  const resumed = resume()
  watch(mapping, showSamples)
  useCloseQuestion(isOpen, askToClose)
  onScopeDispose(leavePanel)

  return {
    file,
    mapping,
    busy,
    error,
    reading,
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
    correction,
    isDone,
    finish,
    resumed,
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
