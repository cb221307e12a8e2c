import { testMailFrom } from '../services/test-mails/send-test-mail'
import type { Writer } from '../services/writes/writer'
import { handle } from './handle'

export interface NotificationIpcDeps {
  readonly writer: Writer
}

/** Handles `notification:sendTest`. */
export function registerNotificationIpc({ writer }: NotificationIpcDeps): void {
  handle('notification:sendTest', async ({ serverId, mail }) => {
    await testMailFrom(writer, serverId, mail)
    return null
  })
}
