import { Notification } from 'electron'
import type { Note } from '@shared/fleet/new-alerts'

/** Kept, because one that is collected does not report a click; the system may keep them for days. */
const shown: Notification[] = []
const maxShown = 10

/** Shows a notification of the system. Does nothing where the system has none. */
export function showNotification({ title, body }: Note, onClick: () => void): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  notification.on('click', onClick)
  notification.show()
  shown.push(notification)
  if (shown.length > maxShown) shown.shift()?.close()
}
