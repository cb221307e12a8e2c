import { computed, effectScope, shallowRef, watch, type ComputedRef } from 'vue'
import { isBlank } from '@shared/resources/blank'
import { fieldTitle } from '@shared/resources/field-title'
import { isSecret } from '@shared/resources/secret'
import { tenant } from '@shared/resources/tenant'
import type { PlanSummary } from '@shared/domain/plan'
import type { ServerId } from '@shared/domain/server'
import type { FormValues } from '@shared/resources/nested'
import { customerDraftKey, draftStore } from '@/components/form/draft-store'
import { withoutSecrets } from '@/features/records/record-form'

/** The parts of the task, in order. */
export const customerSteps = ['server', 'tenant', 'dealer', 'numbers', 'review'] as const
export type CustomerStep = (typeof customerSteps)[number]

export const stepLabels: Readonly<Record<CustomerStep, string>> = {
  server: 'Server',
  tenant: 'Tenant',
  dealer: 'Dealer',
  numbers: 'Numbers',
  review: 'Review',
}

interface CustomerDraft {
  readonly step: CustomerStep
  readonly serverId: ServerId | undefined
  /** Empty without a template. */
  readonly templateId: string
  /** What differs from the initial values of a new tenant. */
  readonly tenant: FormValues
  /** Empty for none. */
  readonly dealerId: string
  readonly trunkId: string
  readonly numbers: FormValues
}

export const emptyCustomerDraft: CustomerDraft = {
  ...{ step: 'server', serverId: undefined, templateId: '', tenant: {}, dealerId: '', trunkId: '', numbers: {} },
}

const key = customerDraftKey
const saved = draftStore.read(key)

/**
 * What was typed is there again when the page is opened the next time, also after the end of the app, until it was
 * applied or discarded. The server is then selected again, because it may have to be signed in to.
 */
export const customerDraft = shallowRef<CustomerDraft>({ ...emptyCustomerDraft, ...saved?.values, step: 'server' })

let changedAt = saved?.savedAt

/** When the draft was last changed, in ISO 8601; undefined if there is none. */
export const draftChangedAt = (): string | undefined => (isCustomerTyped(customerDraft.value) ? changedAt : undefined)

/** Whether more than a server was entered. */
export const isCustomerTyped = ({ tenant: typed, numbers, templateId, dealerId, trunkId }: CustomerDraft): boolean =>
  [typed, numbers].some((values) => Object.keys(values).length > 0) ||
  [templateId, dealerId, trunkId].some((id) => id !== '')

/** Labels of the typed secrets of the tenant, which no draft contains. */
export const secretsOf = ({ tenant: typed }: CustomerDraft): readonly string[] =>
  tenant.fields
    .filter((field) => isSecret(field) && !isBlank(typed[field.key]))
    .map((field) => fieldTitle(tenant.fields, field))

/** Labels of secrets that were typed before the page was left, and are not typed again. */
const notKept = shallowRef<readonly string[]>(saved?.notKept ?? [])
export const secretsToEnterAgain = computed(() => {
  const typed = secretsOf(customerDraft.value)
  return notKept.value.filter((label) => !typed.includes(label))
})

/** For the end of the page: the draft stays, without its secrets. */
export function dropCustomerSecrets(): void {
  notKept.value = [...secretsToEnterAgain.value, ...secretsOf(customerDraft.value)]
  customerDraft.value = { ...customerDraft.value, tenant: withoutSecrets(tenant.fields, customerDraft.value.tenant) }
}

/** Saves the draft, but for its secrets. */
export function saveCustomerDraft(draft: CustomerDraft): void {
  if (!isCustomerTyped(draft)) {
    notKept.value = []
    return draftStore.drop(key)
  }
  changedAt = new Date().toISOString()
  const values = { ...draft, tenant: withoutSecrets(tenant.fields, draft.tenant) }
  const labels = [...secretsToEnterAgain.value, ...secretsOf(draft)]
  draftStore.save(key, { values, initial: { ...emptyCustomerDraft }, page: key, notKept: labels })
}

/** `created`: the tenant is on the server. `stopped`: it is not, and nothing more is sent for now. */
export function customerResult({ state, counts }: PlanSummary): 'created' | 'stopped' | undefined {
  if (counts.done + counts.alreadyInPlace > 0) return 'created'
  const isOpen = state === 'ready' || state === 'applying' || counts.sending + counts.unknown > 0
  return isOpen ? undefined : 'stopped'
}

const typedText = (draft: CustomerDraft): string =>
  JSON.stringify({ ...draft, step: '', serverId: '', tenant: withoutSecrets(tenant.fields, draft.tenant) })

/**
 * Drops what was sent once the tenant was created, also after the page was left. What the server refused stays, and so
 * does what is typed meanwhile.
 */
export function dropOnceCreated(plan: ComputedRef<PlanSummary>): void {
  const sent = typedText(customerDraft.value)
  const scope = effectScope(true)
  const settle = (): void => {
    if (customerResult(plan.value) === 'created' && typedText(customerDraft.value) === sent) {
      const { step, serverId } = customerDraft.value
      customerDraft.value = { ...emptyCustomerDraft, step, serverId }
      saveCustomerDraft(customerDraft.value)
    }
    if (plan.value.state === 'finished' || plan.value.state === 'canceled') scope.stop()
  }
  scope.run(() => watch(plan, settle, { immediate: true }))
}
