import type { ServerRecord } from '@shared/domain/server'
import { isConfirmed } from '@/components/form/confirm'
import type { RecordEditor } from './use-record-editor'

/** Whether the reviewed change can be sent; main checks the same again. */
export const canConfirm = (editor: RecordEditor, server: ServerRecord): boolean =>
  !editor.checking.value &&
  !editor.sending.value &&
  editor.check.value !== undefined &&
  isConfirmed(server, editor.check.value.guards, editor.confirmation.value)
