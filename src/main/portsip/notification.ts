import type { TestMail } from '@shared/domain/test-mail'
import type { PbxWriter } from './pbx-client'

/** The settings by which a test email is sent: of the PBX, or of the tenant whose administrator is signed in. */
export type MailOf = 'admin' | 'tenant'

/** The operation of `sendTestMail`. */
export const testMailOperation = (of: MailOf): string => `POST /${of}/notification/test_email`

/**
 * POST /admin/notification/test_email or /tenant/notification/test_email: the PBX sends an email with its saved mail
 * settings. `rejected` if it cannot.
 */
export const sendTestMail = (client: PbxWriter, mail: TestMail, of: MailOf): Promise<void> =>
  client.post({ operation: testMailOperation(of), path: `/${of}/notification/test_email`, body: mail })
