import type { TestMail } from '@shared/domain/test-mail'
import type { PbxWriter } from './pbx-client'

/**
 * POST /admin/notification/test_email: the PBX sends an email with its saved mail settings. `rejected` if it cannot.
 */
export const sendTestMail = (client: PbxWriter, mail: TestMail): Promise<void> =>
  client.post({
    operation: 'POST /admin/notification/test_email',
    path: '/admin/notification/test_email',
    body: mail,
  })
