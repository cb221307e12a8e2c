import { mailAddress } from '@shared/domain/test-mail'
import type { FormValues } from '@shared/resources/nested'
import { defineFields } from '@shared/resources/resource'

/** The fields of a test email, with the limits of its channel. */
export const testMailFields = defineFields([
  {
    kind: 'text',
    key: 'recipient',
    label: 'Recipient',
    required: true,
    pattern: mailAddress,
    expected: 'Enter an email address',
  },
  { kind: 'text', key: 'subject', label: 'Subject', required: true, maxLength: 200 },
  { kind: 'text', key: 'content', label: 'Text', required: true, maxLength: 5000, multiline: true },
])

/** What a test email contains initially. */
export const startMail: FormValues = {
  recipient: null,
  subject: 'Test email from the PBX',
  content: 'This email shows that the PBX can send email.',
}
