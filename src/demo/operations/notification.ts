import { z } from 'zod'
import { listItems } from '@shared/resources/list-text'
import { plainText } from '@shared/text/plain-text'
import { done } from '../answer'
import { ApiProblem, validationProblem } from '../api-problem'
import type { ApiRecord } from '@shared/resources/nested'
import type { PracticeRole } from '../accounts'
import { operationWithBody, type Call, type Operation } from '../operation'
import { singleOperations } from './described'

/** A test email by the saved settings. */
export const testMail = (
  path: string,
  allow: readonly PracticeRole[],
  settings: (call: Call<unknown>) => ApiRecord,
): Operation =>
  operationWithBody({
    method: 'POST',
    path,
    allow,
    body: z.object({ recipient: z.string().min(1), subject: z.string().min(1), content: z.string().min(1) }),
    answer: (call) => {
      const { type, server, username } = settings(call)
      const isConfigured = plainText(username) !== '' && (type !== 'SMTP' || plainText(server) !== '')
      if (!isConfigured) throw new ApiProblem(400, 'UNKNOWN', 'The mail server is not set up')
      return done
    },
  })

/** Refuses more recipients than the API allows. */
export function requireRecipients({ recipients }: ApiRecord): void {
  if (listItems(plainText(recipients), ',').length > 15)
    throw validationProblem([{ field: 'recipients', message: 'Maximum 15 recipients' }])
}

const thresholds = ['hard_disk_threshold', 'cpu_threshold', 'memory_threshold'] as const

/** GET and POST /admin/notification, and the test email, which uses the saved settings. */
export const notificationOperations: readonly Operation[] = [
  ...singleOperations('notification', {
    change: (_call, next) => {
      requireRecipients(next)
      const outOfRange = thresholds.find((key) => Number(next[key]) < 0 || Number(next[key]) > 1)
      if (outOfRange !== undefined) throw validationProblem([{ field: outOfRange, message: 'From 0 to 1' }])
      return next
    },
  }),
  testMail('/admin/notification/test_email', ['SystemAdmin'], ({ world }) => world.singles.notification),
]
