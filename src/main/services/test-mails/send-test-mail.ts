import type { ServerId } from '@shared/domain/server'
import type { TestMail } from '@shared/domain/test-mail'
import { sendTestMail, testMailOperation, type MailOf } from '../../portsip/notification'
import { confirmedOnly } from '../writes/confirmed-only'
import type { Writer } from '../writes/writer'

/** Has a server send a test email, with an entry in the journal. It changes nothing, so every protection level allows it. */
export const testMailFrom = (
  writer: Pick<Writer, 'approveAction'>,
  serverId: ServerId,
  mail: TestMail,
  of: MailOf = 'admin',
): Promise<void> =>
  writer.approveAction(serverId).perform(
    {
      kind: 'action',
      operation: testMailOperation(of),
      identity: 'notifications: test email',
      before: {},
      changes: {},
    },
    { send: (access) => sendTestMail(access, mail, of), ...confirmedOnly },
  )
