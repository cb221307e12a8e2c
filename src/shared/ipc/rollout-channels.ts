import { z } from 'zod'
import type { CertificateCandidate } from '../domain/certificate'
import { pageQuerySchema, type Page } from '../domain/page'
import {
  rolloutRequestSchema,
  rolloutSettingsSchema,
  targetsMax,
  type RolloutPreview,
  type RolloutRow,
  type RolloutSummary,
} from '../domain/rollout'
import { testMailSchema } from '../domain/test-mail'
import type { TestMails } from '../domain/test-mails'
import { serverIdSchema, type ServerId } from '../domain/server'
import { confirmationSchema, type Guard } from '../domain/write'
import type { CertificateTarget, PresentedAt } from '../rollout/certificate-stage'
import { channel } from './channel'
import type { Result } from './result'
import type { SavedFile } from './values'

const byRollout = z.object({ rolloutId: z.uuid() })
const byServers = byRollout.extend({ serverIds: z.array(serverIdSchema).min(1).max(targetsMax) })
const fileId = z.string().min(1).max(200)

/** Whether the pin of a server was moved. */
export type TrustResult = Result<null> & { readonly serverId: ServerId }

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

  /** Shows the native dialog for the PEM files of a certificate for several servers; null if the user cancels. */
  'rollouts:chooseFiles': channel<CertificateCandidate | null>()(z.object({ id: fileId.optional() })),
  /** Takes the files that were selected on the page of a server. */
  'rollouts:takeFiles': channel<CertificateCandidate>()(z.object({ serverId: serverIdSchema, id: fileId })),
  /** Leaves out a file; null if none is left. */
  'rollouts:removeFile': channel<CertificateCandidate | null>()(
    z.object({ id: fileId, name: z.string().min(1).max(255) }),
  ),
  /** Main discards the files and the private key. */
  'rollouts:forgetFiles': channel<null>()(z.object({})),
  /** Shows the native dialog for the private key, which is not stored; null if the user cancels. */
  'rollouts:selectKey': channel<RolloutSummary | null>()(byRollout),
  /** The servers of a rollout of a certificate, from what is stored. */
  'rollouts:certificates': channel<readonly CertificateTarget[]>()(byRollout),
  /** Only handshakes with these servers, which work without a sign-in. */
  'rollouts:presented': channel<readonly PresentedAt[]>()(byServers),
  /** Pins the certificate of the rollout for the servers that present exactly that one. */
  'rollouts:trust': channel<readonly TrustResult[]>()(byServers),
  'rollouts:saveFile': channel<SavedFile>()(byRollout),
} as const
