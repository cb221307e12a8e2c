import { z } from 'zod'
import { pageQuerySchema, type Page } from '../domain/page'
import {
  rolloutRequestSchema,
  rolloutSettingsSchema,
  type RolloutPreview,
  type RolloutRow,
  type RolloutSummary,
} from '../domain/rollout'
import { testMailSchema } from '../domain/test-mail'
import type { TestMails } from '../domain/test-mails'
import { confirmationSchema, type Guard } from '../domain/write'
import { channel } from './channel'
import type { SavedFile } from './values'

const byRollout = z.object({ rolloutId: z.uuid() })

/** The channels of plans on many servers. */
export const rolloutChannels = {
  /** Compares what is requested with the selected servers; nothing is sent. */
  'rollouts:preview': channel<RolloutPreview>()(rolloutRequestSchema),
  'rollouts:apply': channel<RolloutSummary>()(
    byRollout.extend({ confirmation: confirmationSchema, settings: rolloutSettingsSchema }),
  ),
  'rollouts:discard': channel<null>()(byRollout),
  /** Rollouts that are applied, paused or in review. */
  'rollouts:active': channel<readonly RolloutSummary[]>()(z.object({})),
  'rollouts:get': channel<RolloutSummary>()(byRollout),
  /** Its servers with their results. */
  'rollouts:targets': channel<Page<RolloutRow>>()(byRollout.extend({ query: pageQuerySchema })),
  /** Continues after the review of the canary, or a paused rollout. Without a confirmation, the one of this run applies. */
  'rollouts:resume': channel<RolloutSummary>()(byRollout.extend({ confirmation: confirmationSchema.optional() })),
  'rollouts:pause': channel<RolloutSummary>()(byRollout),
  'rollouts:cancel': channel<RolloutSummary>()(byRollout),
  'rollouts:retry': channel<RolloutSummary>()(byRollout.extend({ confirmation: confirmationSchema })),
  /** Guards that must be confirmed before resuming or retrying now. */
  'rollouts:guards': channel<readonly Guard[]>()(byRollout.extend({ which: z.enum(['resume', 'retry']) })),
  'rollouts:check': channel<RolloutSummary>()(byRollout),
  /** The test emails of the servers that a rollout of notification settings changed. */
  'mails:get': channel<TestMails>()(byRollout),
  /** `again`: also from servers that may have sent one. */
  'mails:send': channel<TestMails>()(byRollout.extend({ mail: testMailSchema, again: z.boolean() })),
  'mails:cancel': channel<TestMails>()(byRollout),
  'rollouts:save': channel<SavedFile>()(byRollout),
} as const
