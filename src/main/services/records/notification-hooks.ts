import type { notification } from '@shared/resources/notification'
import type { FieldKey } from '@shared/resources/resource'
import type { RecordHooks } from './hooks'

type Key = FieldKey<typeof notification>

const notifies = (key: string, value: unknown): boolean => key.startsWith('notify_') && value === true

/** What stands between the fields: nobody to write to, and nothing to send by. */
export const notificationHooks: RecordHooks<Key> = {
  check({ changes, current = {} }) {
    const next = { ...current, ...changes }
    const warnings: string[] = []
    const isEmpty = (key: Key): boolean => next[key] === null || next[key] === undefined || next[key] === ''
    if (next.type === 'SMTP' && isEmpty('server')) warnings.push('Without an SMTP server, no email is sent.')
    if (isEmpty('recipients') && Object.entries(next).some(([key, value]) => notifies(key, value)))
      warnings.push('There are no recipients, so no notification is sent.')
    if (changes.enable_tenant_access === false)
      warnings.push(
        'Tenants without their own mail server no longer get email: no voicemail and no verification codes.',
      )
    return Promise.resolve({ guards: [], warnings })
  },
}
