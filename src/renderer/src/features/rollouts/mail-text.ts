import type { SourceOf } from '@shared/domain/rollout'
import type { MailState, TestMailRow } from '@shared/domain/test-mails'
import { printNumber } from '@shared/format/print-number'
import { listItems } from '@shared/resources/list-text'
import { plainText } from '@shared/text/plain-text'

export const mailStateLabels: Readonly<Record<MailState, string>> = {
  ...{ waiting: 'Waiting', sending: 'Sending', sent: 'Sent', refused: 'Refused', unknown: 'Unknown' },
  notSent: 'Not sent',
}

/** `3 sent, 1 refused`; empty before the first one. */
export function mailsText(rows: readonly TestMailRow[]): string {
  const counts = (Object.keys(mailStateLabels) as MailState[]).map((state) => ({
    label: mailStateLabels[state].toLowerCase(),
    count: rows.filter((row) => row.state === state).length,
  }))
  return counts
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => `${printNumber(count)} ${label}`)
    .join(', ')
}

/** The recipient that the rollout added or set, if there is only one. */
export function suggestedRecipient({ values, lists = {} }: SourceOf<'settings'>): string | null {
  const items = lists['recipients'] === 'remove' ? [] : listItems(plainText(values['recipients']), ',')
  return items.length === 1 ? (items[0] ?? null) : null
}
