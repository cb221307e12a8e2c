import { z } from 'zod'
import { noteSchema } from '../domain/note'
import { recordValuesSchema } from '../domain/record'
import { rolloutStepsMax, targetsMax } from '../domain/rollout'
import { listIds, singleIds } from '../resources/ids'

/** Marks a file as a plan; the version grows when a reader of this one would misunderstand a file. */
export const planFileFormat = 'pbx-fleet-plan'
export const planFileVersion = 1

/** Resources whose steps a file can have. Assignments and certificates have more than fields. */
export const planFileResources = [...singleIds, ...listIds] as const

const text = (max: number) => z.string().max(max)
const id = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}/\\]+$/u)

/** A frozen change. `secrets` names fields whose values are in no file. */
const stepSchema = z.strictObject({
  action: z.enum(['create', 'change', 'delete']),
  resource: z.enum(planFileResources),
  /** Its ID on the server, if it has one. */
  id: id.optional(),
  /** What the step depends on; other values on the server are a conflict. */
  before: recordValuesSchema,
  after: recordValuesSchema,
  secrets: z.array(text(100)).max(50).readonly().optional(),
})
export type PlanFileStep = z.infer<typeof stepSchema>

const serverSchema = z.strictObject({
  name: text(200),
  address: text(300).min(1),
  steps: z.array(stepSchema).min(1).max(rolloutStepsMax).readonly(),
})
export type PlanFileServer = z.infer<typeof serverSchema>

/** A plan that a colleague can open: what is to be changed on which servers, without results and without secrets. */
export const planFileSchema = z.strictObject({
  format: z.literal(planFileFormat),
  version: z.literal(planFileVersion),
  title: text(1000).min(1),
  note: noteSchema.optional(),
  /** RFC 3339. */
  savedAt: z.iso.datetime(),
  savedBy: text(200),
  servers: z.array(serverSchema).min(1).max(targetsMax).readonly(),
})
export type PlanFile = z.infer<typeof planFileSchema>

/** What every version of the format has. */
export const anyPlanFileSchema = z.object({ format: z.literal(planFileFormat), version: z.int().positive() })

/** A server of an opened file. */
export interface PlanFileTarget {
  readonly name: string
  readonly address: string
  readonly steps: number
  /** The server of this workspace; none if the reason says why. */
  readonly server?: { readonly id: string; readonly name: string }
  readonly reason?: string
}

/** An opened file as the window gets it. */
export interface OpenedPlanFile {
  readonly fileId: string
  readonly file: string
  readonly title: string
  readonly note: string
  readonly savedAt: string
  readonly savedBy: string
  readonly targets: readonly PlanFileTarget[]
}
