import { z } from 'zod'
import { noteSchema } from './note'

/**
 * What a person did to confirm a write. `typedName` is compared with the server's name where its protection level is `type-name`;
 * `acknowledged` is needed at `ask`; `override` carries the word typed against a guard (see `overrideWord`); `note` is a ticket or note for the journal.
 */
export const confirmationSchema = z.object({
  acknowledged: z.boolean(),
  typedName: z.string().max(200),
  override: z.string().max(1100),
  note: noteSchema.optional(),
})
export type Confirmation = z.infer<typeof confirmationSchema>

/** Typed by hand to send a rule that a guard stopped. */
export const overrideWord = 'OVERRIDE'

/** What harm a write would do. */
export const guardKinds = [
  'own-address',
  'pbx-address',
  'accepted-address',
  'removes-accept',
  'last-transport',
  'port-conflict',
  'unsafe-value',
  'incomplete-check',
  'address-change',
  'key-mismatch',
  'certificate-dates',
  'certificate-names',
  'tenant-loss',
  'number-overlap',
  'trunk-tenants',
] as const
export type GuardKind = (typeof guardKinds)[number]

/** A reason why a write would do harm; main refuses it until it is overridden by typing. `addresses` are those it concerns, if any. */
export interface Guard {
  readonly kind: GuardKind
  readonly message: string
  readonly addresses: readonly string[]
  /** What is typed instead of the override word, for example the name of what is lost. */
  readonly word?: string
}

/** What is typed against these guards. */
export const overrideOf = (guards: readonly Guard[]): string =>
  guards.find(({ word }) => word !== undefined)?.word ?? overrideWord

/** Whether what was typed overrides the guards; blanks around it do not count. */
export const isOverridden = (guards: readonly Guard[], typed: string): boolean =>
  guards.length === 0 || typed.trim() === overrideOf(guards).trim()

/** After a write the resource is read again: `differences` names fields whose value on the server is not what was sent. */
export interface WriteOutcome<T> {
  readonly after: T
  readonly differences: readonly { readonly key: string; readonly sent: string; readonly found: string }[]
  /** Another record with the same identity, in a sentence. */
  readonly duplicate?: string
}
