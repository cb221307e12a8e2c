import { testMailFrom } from '../services/test-mails/send-test-mail'
import type { Writer } from '../services/writes/writer'
import type { Servers } from '../servers/servers'
import { handle } from './handle'

export interface NotificationIpcDeps {
  readonly writer: Writer
  readonly servers: Pick<Servers, 'state'>
}

/** Handles `notification:sendTest`. */
export function registerNotificationIpc({ writer, servers }: NotificationIpcDeps): void {
  handle('notification:sendTest', async ({ serverId, mail }) => {
    await testMailFrom(writer, serverId, mail, servers.state(serverId).role === 'Admin' ? 'tenant' : 'admin')
    return null
  })
}
