import { Notification } from 'electron'
import type { Note } from '@shared/fleet/new-alerts'

/** Kept, because one that is collected does not report a click. */
let shown: Notification | undefined

/** Shows a notification of the system in place of the last one. Does nothing where the system has none. */
export function showNotification({ title, body }: Note, onClick: () => void): void {
  if (!Notification.isSupported()) return
  shown?.close()
  shown = new Notification({ title, body })
  shown.on('click', onClick)
  shown.show()
}
