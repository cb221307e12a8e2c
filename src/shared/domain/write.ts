import { z } from 'zod'
import { isTyped } from '../text/same-text'
import { noteSchema } from './note'

/**
 * The user's confirmation of a write. `typedName` is compared with the server's name at the protection level
 * `type-name`; `acknowledged` is required at `ask`; `override` is the word typed to override guards (see
 * `overrideWord`); `note` is a ticket or note for the journal.
 */
export const confirmationSchema = z.object({
  acknowledged: z.boolean(),
  typedName: z.string().max(200),
  override: z.string().max(1100),
  note: noteSchema.optional(),
})
export type Confirmation = z.infer<typeof confirmationSchema>

/** Typed to send a change that a guard blocks. */
export const overrideWord = 'OVERRIDE'

/** Kinds of harm that a write would do. */
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

/** A reason to block a write until it is overridden by typing. `addresses` are those affected, if any. */
export interface Guard {
  readonly kind: GuardKind
  readonly message: string
  readonly addresses: readonly string[]
  /** The word to type instead of the override word, for example the name of an object that would be lost. */
  readonly word?: string
}

/** The word to type against these guards. */
export const overrideOf = (guards: readonly Guard[]): string =>
  guards.find(({ word }) => word !== undefined)?.word ?? overrideWord

/** True if the typed text overrides the guards; surrounding spaces are ignored. */
export const isOverridden = (guards: readonly Guard[], typed: string): boolean =>
  guards.length === 0 || isTyped(typed, overrideOf(guards))

/**
 * The resource as read back after a write: `differences` has fields whose value on the server differs from the sent
 * one.
 */
export interface WriteOutcome<T> {
  readonly after: T
  readonly differences: readonly { readonly key: string; readonly sent: string; readonly found: string }[]
  /** A sentence about another record with the same identity. */
  readonly duplicate?: string
}
