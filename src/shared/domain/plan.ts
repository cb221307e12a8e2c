import { z } from 'zod'
import type { AppError } from '../ipc/result'
import { journaledIds, type JournaledId } from '../resources/ids'
import { noteSchema } from './note'
import { outcomes, resultSchema, writeSchema, type Outcome, type WriteKind } from './journal'
import type { ServerId } from './server'
import type { Guard } from './write'

/**
 * `ready`: previewed, nothing was sent. `paused`: with a reason, or by the user. `finished`: every step has a result.
 * `canceled`: the remaining steps were not sent.
 */
export const planStates = ['ready', 'applying', 'paused', 'finished', 'canceled'] as const
export type PlanState = (typeof planStates)[number]

/** The source of a plan. */
const planSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('import'), file: z.string() }),
  z.object({ kind: z.literal('change') }),
  z.object({ kind: z.literal('delete') }),
  /** Reverts entries of the journal, or those of `plan`. */
  z.object({ kind: z.literal('revert'), plan: z.string().optional() }),
  /** A new tenant with its dealer and its numbers. */
  z.object({
    kind: z.literal('customer'),
    tenant: z.string(),
    domain: z.string(),
    dealer: z.string().optional(),
    trunk: z.string().optional(),
  }),
])
export type PlanSource = z.infer<typeof planSourceSchema>

const errorSchema = z.object({ code: z.string(), message: z.string(), hint: z.string().optional() })

/** The first line of a stored plan. */
export const planHeadSchema = z.object({
  v: z.literal(1),
  kind: z.literal('plan'),
  id: z.uuid(),
  at: z.iso.datetime(),
  title: z.string(),
  /** The account of this computer. */
  user: z.string(),
  server: z.object({ id: z.string(), name: z.string() }),
  source: planSourceSchema,
  /** The resources of its steps. */
  resources: z.array(z.enum(journaledIds)).readonly(),
  steps: z.int().min(0),
  /** The ticket or note that was typed when it was applied. */
  note: noteSchema.optional(),
  /** The rollout that it belongs to. */
  rollout: z.uuid().optional(),
  /** Each step is verified before the next one is sent, and the plan stops at the first that fails. */
  ordered: z.literal(true).optional(),
})
export type PlanHead = z.infer<typeof planHeadSchema>

/** A frozen change; `n` counts from 1. A step that was settled when the plan was made is never sent. */
export const planStepSchema = z.object({
  kind: z.literal('step'),
  n: z.int().positive(),
  write: writeSchema.extend({ kind: z.enum(['create', 'change', 'delete']), resource: z.enum(journaledIds) }),
  /** The earlier step that creates the record of this one: its ID is known once that step is done. */
  recordOf: z.int().positive().optional(),
  /** Its line in the imported file. */
  row: z.int().positive().optional(),
  /** Fields with secret values, which are not in the plan. */
  secrets: z.array(z.string()).readonly().optional(),
  /** The public certificate chain in PEM that a step for the certificate uploads, leaf first. */
  chain: z.string().optional(),
  /** The journal entries that it reverts. */
  reverts: z.array(z.int().positive()).readonly().optional(),
  settled: z.object({ outcome: z.enum(outcomes), reason: z.string() }).optional(),
})
export type PlanStep = z.infer<typeof planStepSchema>

/** The result of one attempt of a step. */
export const planResultSchema = resultSchema.omit({ kind: true, of: true, settledLater: true }).extend({
  kind: z.literal('result'),
  n: z.int().positive(),
  attempt: z.int().min(0),
  at: z.iso.datetime(),
  /** The number of its journal entry; none if the attempt was decided before anything was sent. */
  entry: z.int().positive().optional(),
  /** The plan paused before this step could be sent; it is sent when the plan resumes. */
  interrupted: z.literal(true).optional(),
})
export type PlanResult = z.infer<typeof planResultSchema>

const countsSchema = z.record(z.string(), z.int().min(0))

/** A change of the plan's state, with the outcomes of its steps up to then. */
export const planStateSchema = z.object({
  kind: z.literal('state'),
  state: z.enum(planStates),
  at: z.iso.datetime(),
  reason: errorSchema.optional(),
  counts: countsSchema,
})
export type PlanStateLine = z.infer<typeof planStateSchema>

export const planLineSchema = z.discriminatedUnion('kind', [
  planHeadSchema,
  planStepSchema,
  planResultSchema,
  planStateSchema,
])
export type PlanLine = z.infer<typeof planLineSchema>

/** A file that is not a whole plan or rollout, with what could still be read of it. `modifiedAt` in RFC 3339. */
export interface DamagedFile {
  readonly name: string
  readonly kind: 'plan' | 'rollout'
  readonly modifiedAt?: string
  readonly title?: string
  /** Names of servers, up to ten. */
  readonly servers: readonly string[]
}

/** `waiting`: without a result. `sending`: sent, not verified yet. */
export const stepOutcomes = ['waiting', 'sending', ...outcomes] as const
export type StepOutcome = (typeof stepOutcomes)[number]
export type StepCounts = Readonly<Record<StepOutcome, number>>
export const emptyCounts = Object.fromEntries(stepOutcomes.map((outcome) => [outcome, 0])) as StepCounts

/** Summary of a plan. */
export interface PlanSummary {
  readonly id: string
  readonly title: string
  readonly server: { readonly id: ServerId; readonly name: string }
  readonly source: PlanSource
  readonly resources: readonly JournaledId[]
  readonly user: string
  readonly note?: string | undefined
  /** The rollout that it belongs to. */
  readonly rollout?: string | undefined
  /** Its steps depend on each other, so it stops at the first that fails. */
  readonly ordered?: true | undefined
  /** RFC 3339; when it was created, and when it last changed. */
  readonly at: string
  readonly updatedAt: string
  readonly state: PlanState
  readonly steps: number
  readonly counts: StepCounts
  /** Number of steps that Retry would send again. */
  readonly retryable: number
  /** Why it paused. */
  readonly reason?: AppError
  /** True while steps are read back. */
  readonly verifying?: boolean
  /** Number of steps without a response that are being settled by reading. */
  readonly checking?: number
  /** Requested by the user while steps are still running. */
  readonly stopping?: 'pause' | 'cancel'
  /** Number of steps that are done, but whose stored value differs from the sent one. */
  readonly differing: number
}

/** A plan or rollout as a row of the list of plans. A type, as tables take rows with any keys. */
export type PlanListRow = {
  readonly id: string
  readonly at: string
  readonly title: string
  readonly server: string
  /** The last two are those of a rollout. */
  readonly state: PlanState | 'review' | 'stopped'
  readonly steps: number
  readonly done: number
  /** Steps that are not done. */
  readonly open: number
  readonly user: string
  readonly note: string
  readonly rollout: boolean
}

/** A previewed plan with its effects and guards. */
export interface PlanPreview extends PlanSummary {
  readonly guards: readonly Guard[]
  readonly warnings: readonly string[]
  /** What a revert does not restore. */
  readonly notRestored?: readonly string[]
  /** Number of changes that no step reverts because they cancel each other out. */
  readonly canceledOut?: number
}

/** A step as a row of the table, with texts as they are shown and searched. */
export type PlanRow = {
  readonly id: string
  readonly n: number
  readonly row: number | null
  /** The ID of the changed, deleted or created record. */
  readonly recordId: string
  readonly object: string
  readonly action: WriteKind
  readonly before: string
  /** The new value, or why the record does not have it. */
  readonly after: string
  /** The values after the step, each with its label; only of ordered plans, which have few steps. */
  readonly values?: readonly { readonly key: string; readonly label: string; readonly after: string }[]
  readonly outcome: StepOutcome
  readonly message: string
  readonly attempt: number
  readonly entry: number | null
}

/** Outcomes after which Retry sends a step again. */
export const retryOutcomes: ReadonlySet<Outcome> = new Set(['refused', 'notSent'])
