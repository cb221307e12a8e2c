import { z } from 'zod'
import type { ServerId } from './server'

/** `waiting` and `sending` are under way; the others are results. */
const mailStates = ['waiting', 'sending', 'sent', 'refused', 'unknown', 'notSent'] as const
export type MailState = (typeof mailStates)[number]

/** What became of the test email of a server, as it is stored; `sending` before it is sent. */
export const mailLineSchema = z.object({
  kind: z.literal('test-mail'),
  at: z.iso.datetime(),
  server: z.string(),
  state: z.enum(mailStates),
  message: z.string(),
})
export type MailLine = z.infer<typeof mailLineSchema>

/** A changed server of a rollout with its test email. */
export interface TestMailRow {
  readonly id: ServerId
  readonly server: string
  /** Undefined if none was requested. */
  readonly state?: MailState | undefined
  readonly message: string
  /** At least one may have been sent, so another one is confirmed first. */
  readonly hasMail: boolean
}

/** The test emails of the servers that a rollout changed. */
export interface TestMails {
  readonly rolloutId: string
  readonly isSending: boolean
  readonly rows: readonly TestMailRow[]
}
