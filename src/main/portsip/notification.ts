import type { TestMail } from '@shared/domain/test-mail'
import type { PbxWriter } from './pbx-client'

/** POST /admin/notification/test_email: the PBX sends a mail by the mail server that is saved. `rejected` where it could not. */
export const sendTestMail = (client: PbxWriter, mail: TestMail): Promise<void> =>
  client.post({
    operation: 'POST /admin/notification/test_email',
    path: '/admin/notification/test_email',
    body: mail,
  })
