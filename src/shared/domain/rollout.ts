import { z } from 'zod'
import { selectedLimits } from '../limits/selected'
import type { AppError } from '../ipc/result'
import { singleIds } from '../resources/ids'
import { outcomes } from './journal'
import { listEdits } from '../rollout/list-edits'
import { noteSchema } from './note'
import type { StepCounts, StepOutcome } from './plan'
import { listIdSchema, recordValuesSchema } from './record'
import { serverIdSchema, type ServerId } from './server'
import type { Guard } from './write'

/**
 * `review`: the canary is done, and the user decides whether the other servers follow. `stopped`: too many servers
 * failed, and the others were not sent. The other states are those of a plan.
 */
export const rolloutStates = ['ready', 'applying', 'review', 'paused', 'finished', 'canceled', 'stopped'] as const
export type RolloutState = (typeof rolloutStates)[number]

export const rangesMax = 10_000
export const targetsMax = selectedLimits.planServers
/** Maximum steps of a rollout over all servers. */
export const rolloutStepsMax = selectedLimits.planSteps
/** Maximum records that are changed or deleted together. */
export const recordsMax = 10_000
/** Maximum characters of the rules' description. */
export const ruleDescriptionMax = 255

const ruleActionSchema = z.enum(['DENY', 'ACCEPT'])
export type RuleAction = z.infer<typeof ruleActionSchema>

/** IP rules that several servers should have. */
const ruleRequestSchema = z.object({
  action: ruleActionSchema,
  ranges: z.array(z.string().min(1).max(64)).min(1).max(rangesMax).readonly(),
  /** RFC 3339; null if the rules do not expire. */
  expiresAt: z.iso.datetime().nullable(),
  description: z.string().max(ruleDescriptionMax),
})
export type RuleRequest = z.infer<typeof ruleRequestSchema>

/** Fields of a resource that each server has once. */
const settingsSchema = z.object({
  kind: z.literal('settings'),
  resource: z.enum(singleIds),
  values: recordValuesSchema,
  /** Lists whose values are added to those of each server, or removed from them; the others are replaced. */
  lists: z.record(z.string().max(100), z.enum(listEdits)).optional(),
})
/** A record that several servers should have. */
const createSchema = z.object({ kind: z.literal('create'), resource: listIdSchema, values: recordValuesSchema })
/** The record with this identity on each of several servers. */
const updateSchema = z.object({
  kind: z.literal('update'),
  resource: listIdSchema,
  identity: recordValuesSchema,
  values: recordValuesSchema,
})
/** The same values for records of several servers. */
const changeSchema = z.object({ kind: z.literal('change'), resource: listIdSchema, changes: recordValuesSchema })
const deleteSchema = z.object({ kind: z.literal('delete'), resource: listIdSchema })

/** The certificate that several servers get; its chain is in their plans. */
const certificateSchema = z.object({
  kind: z.literal('certificate'),
  subject: z.string(),
  fingerprint256: z.string(),
  validTo: z.string(),
})

/** A record of a server. */
const recordRefSchema = z.object({ serverId: serverIdSchema, id: z.string().min(1).max(200) })
export type RecordRef = z.infer<typeof recordRefSchema>
const ofRecords = { records: z.array(recordRefSchema).min(1).max(recordsMax).readonly() }

/** Each selected by the user; none is an error. */
const onServers = { serverIds: z.array(serverIdSchema).min(1).max(targetsMax).readonly() }

/** What is requested, and of which servers. */
export const rolloutRequestSchema = z.discriminatedUnion('kind', [
  ruleRequestSchema.extend({ kind: z.literal('rules'), ...onServers }),
  settingsSchema.extend(onServers),
  createSchema.extend(onServers),
  updateSchema.extend(onServers),
  changeSchema.extend(ofRecords),
  deleteSchema.extend(ofRecords),
  /** `files` are the selected PEM files, which main has. */
  z.object({ kind: z.literal('certificate'), files: z.string().min(1).max(200), ...onServers }),
  z.object({ kind: z.literal('revert'), rollout: z.uuid() }),
  /** The same for the servers that a rollout left out, which were signed out, for example. */
  z.object({ kind: z.literal('again'), rollout: z.uuid() }),
  /** A file whose columns are mapped; main has its rows and their servers. */
  z.object({ kind: z.literal('import'), importId: z.uuid() }),
  /** A plan file that main has opened. */
  z.object({ kind: z.literal('file'), fileId: z.uuid() }),
])
export type RolloutRequest = z.infer<typeof rolloutRequestSchema>
export type RolloutKind = Exclude<RolloutRequest['kind'], 'again'>

export const rolloutSettingsSchema = z.object({
  /** One server first, then a review. */
  canary: z.boolean(),
  /** The canary; by default the first of the selected servers. */
  first: serverIdSchema.optional(),
  /** The number of failed servers after which the others are not sent. */
  stopAfter: z.int().min(1).max(targetsMax),
})
export type RolloutSettings = z.infer<typeof rolloutSettingsSchema>
export const defaultStopAfter = 2

/** What a rollout was made from, as it is stored. */
const sourceSchema = z.discriminatedUnion('kind', [
  ruleRequestSchema.extend({ kind: z.literal('rules') }),
  settingsSchema,
  createSchema,
  updateSchema,
  /** `records` is their number; which they are is in the plans. */
  changeSchema.extend({ records: z.int().positive() }),
  deleteSchema.extend({ records: z.int().positive() }),
  certificateSchema,
  /** `of` is what it reverts; nothing if that is a revert, too. */
  z.object({ kind: z.literal('revert'), rollout: z.uuid(), of: z.string().optional() }),
  /** `rows` is their number; which they are is in the plans. */
  z.object({ kind: z.literal('import'), resource: listIdSchema, file: z.string(), rows: z.int().positive() }),
  z.object({ kind: z.literal('file'), title: z.string(), file: z.string() }),
])
export type RolloutSource = z.infer<typeof sourceSchema>

/** The request and the source of a kind. */
export type RequestOf<K extends RolloutKind> = { readonly [R in RolloutRequest as R['kind']]: R }[K]
export type SourceOf<K extends RolloutKind> = { readonly [S in RolloutSource as S['kind']]: S }[K]

const targetSchema = z.object({
  server: z.object({ id: z.string(), name: z.string() }),
  /** Its plan; none if nothing is sent to it. */
  plan: z.uuid().optional(),
  /** Why nothing is sent to it. */
  settled: z.object({ outcome: z.enum(outcomes), reason: z.string() }).optional(),
  /** How many records the list had from which some are deleted. */
  listSize: z.int().min(0).optional(),
})
export type RolloutTarget = z.infer<typeof targetSchema>

/** The first line of a stored rollout. */
export const rolloutHeadSchema = z.object({
  v: z.literal(1),
  kind: z.literal('rollout'),
  id: z.uuid(),
  at: z.iso.datetime(),
  title: z.string(),
  /** The account of this computer. */
  user: z.string(),
  note: noteSchema.optional(),
  source: sourceSchema,
  /** Numbers of servers; their plans follow each other in this order. */
  waves: z.array(z.int().positive()).readonly(),
  review: z.boolean(),
  stopAfter: z.int().positive(),
  targets: z.array(targetSchema).readonly(),
  /** Steps of all plans. */
  steps: z.int().min(0),
})
export type RolloutHead = z.infer<typeof rolloutHeadSchema>

/** A change of its state, with the outcomes of all steps up to then. */
export const rolloutStateSchema = z.object({
  kind: z.literal('state'),
  state: z.enum(rolloutStates),
  at: z.iso.datetime(),
  reason: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
  counts: z.record(z.string(), z.int().min(0)),
})
export type RolloutStateLine = z.infer<typeof rolloutStateSchema>

export interface RolloutSummary {
  readonly id: string
  readonly title: string
  readonly user: string
  readonly note?: string | undefined
  readonly at: string
  readonly updatedAt: string
  readonly source: RolloutSource
  readonly state: RolloutState
  readonly reason?: AppError
  readonly waves: readonly number[]
  /** The wave that runs or is next, from 1; 0 if none is left. */
  readonly wave: number
  /** Number of its servers that are open. */
  readonly next: number
  /** Number of servers that still have something to send. */
  readonly open: number
  /** Number of servers that have no plan and can be previewed again. */
  readonly leftOut: number
  readonly stopAfter: number
  /** Servers with a plan. */
  readonly servers: number
  /** All selected servers by their result, which is the worst one of their steps. */
  readonly counts: StepCounts
  readonly steps: number
  readonly stepCounts: StepCounts
  /** Servers whose steps Retry would send again. */
  readonly retryable: number
  /** Requested by the user while servers are still running. */
  readonly stopping?: 'pause' | 'cancel'
  /** What the user confirms before anything is sent. */
  readonly confirm: RolloutConfirm
  /** The app was restarted, so that the confirmation of the earlier run does not apply. */
  readonly mustConfirm: boolean
  /** The private key of a certificate is not in memory any more, and something could still be sent. */
  readonly keyMissing?: true
}

/** Servers with the same difference. */
export interface RolloutGroup {
  readonly kind: 'apply' | 'nothing' | 'excluded'
  /** `create 1 rule`. */
  readonly label: string
  /** The first steps of one of them. */
  readonly details: readonly string[]
  readonly servers: readonly string[]
}

/** A previewed rollout with its effects and guards. */
export interface RolloutPreview extends RolloutSummary {
  /** The servers with a plan, in the order in which they follow each other. */
  readonly planned: readonly RolloutTarget['server'][]
  readonly groups: readonly RolloutGroup[]
  readonly guards: readonly Guard[]
  readonly warnings: readonly string[]
  readonly impact: string
  /** What each server gets, if its text is too long to be in every group. */
  readonly common?: string
}

/** What the user confirms: nothing, with a check box, or by typing the number of servers. */
export interface RolloutConfirm {
  readonly kind: 'none' | 'check' | 'number'
  readonly servers: number
  /** Records of which so many are deleted that their number is typed. */
  readonly deletes?: { readonly count: number; readonly plural: string }
  /** Why. */
  readonly reason: string
}

/** A server as a row of the result. A type, as tables take rows with any keys. */
export type RolloutRow = {
  readonly id: ServerId
  readonly server: string
  /** From 1; null if nothing is sent to it. */
  readonly wave: number | null
  readonly outcome: StepOutcome
  readonly steps: number
  readonly done: number
  readonly message: string
  readonly planId: string
}
