import type { TestMail } from '@shared/domain/test-mail'
import type { PbxClient } from './pbx-client'

/** POST /admin/notification/test_email: the PBX sends a mail by the mail server that is saved. `rejected` where it could not. */
export const sendTestMail = (client: PbxClient, mail: TestMail): Promise<void> =>
  client.requestNothing({
    operation: 'POST /admin/notification/test_email',
    method: 'POST',
    path: '/admin/notification/test_email',
    body: mail,
  })
