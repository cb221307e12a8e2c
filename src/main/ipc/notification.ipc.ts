import type { ServerId } from '@shared/domain/server'
import { sendTestMail } from '../portsip/notification'
import type { PbxClient } from '../portsip/pbx-client'
import { handle } from './handle'

export interface NotificationIpcDeps {
  readonly client: (serverId: ServerId) => PbxClient
}

/** Answers `notification:sendTest`. It changes nothing on the server, so that no protection level stands against it. */
export function registerNotificationIpc({ client }: NotificationIpcDeps): void {
  handle('notification:sendTest', async ({ serverId, mail }) => {
    await sendTestMail(client(serverId), mail)
    return null
  })
}
