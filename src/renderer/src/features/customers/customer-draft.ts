import { shallowRef } from 'vue'
import type { ServerId } from '@shared/domain/server'
import type { FormValues } from '@shared/resources/nested'

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

/** What was typed is there again when the page is opened the next time, until it was applied. */
export const customerDraft = shallowRef(emptyCustomerDraft)
