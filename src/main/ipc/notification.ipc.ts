import { sendTestMail } from '../portsip/notification'
import { confirmedOnly } from '../services/writes/confirmed-only'
import type { Writer } from '../services/writes/writer'
import { handle } from './handle'

export interface NotificationIpcDeps {
  readonly writer: Writer
}

/** Handles `notification:sendTest`. It changes nothing on the server, so it is allowed at every protection level. */
export function registerNotificationIpc({ writer }: NotificationIpcDeps): void {
  handle('notification:sendTest', async ({ serverId, mail }) => {
    await writer.approveAction(serverId).perform(
      {
        kind: 'action',
        operation: 'POST /admin/notification/test_email',
        identity: 'notifications: test email',
        before: {},
        changes: {},
      },
      { send: (access) => sendTestMail(access, mail), ...confirmedOnly },
    )
    return null
  })
}
