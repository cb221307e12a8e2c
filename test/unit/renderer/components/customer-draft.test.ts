import { beforeEach, expect, it, vi } from 'vitest'

const secret = 'cdr_event.password'
const label = 'CDR events > Password'

beforeEach(() => localStorage.clear())

/** The draft as after a start of the app. */
async function started() {
  vi.resetModules()
  return import('@/features/customers/customer-draft')
}

it('the label of a typed secret is there after a restart until it is typed again, and its value never is', async () => {
  const before = await started()
  const typed = { ...before.emptyCustomerDraft, tenant: { domain: 'mine.example', [secret]: 'planted1' } }
  before.customerDraft.value = typed
  before.saveCustomerDraft(typed)
  expect(before.secretsToEnterAgain.value).toEqual([])
  expect(JSON.stringify(localStorage)).not.toContain('planted1')

  const after = await started()
  expect(after.secretsToEnterAgain.value).toEqual([label])
  // A change of something else does not make it forgotten.
  after.customerDraft.value = { ...after.customerDraft.value, templateId: 'small' }
  after.saveCustomerDraft(after.customerDraft.value)
  const again = await started()
  expect(again.secretsToEnterAgain.value).toEqual([label])
  again.customerDraft.value = { ...again.customerDraft.value, tenant: typed.tenant }
  expect(again.secretsToEnterAgain.value).toEqual([])
  again.saveCustomerDraft(again.emptyCustomerDraft)
  again.customerDraft.value = again.emptyCustomerDraft
  expect(again.secretsToEnterAgain.value).toEqual([])
})

it('a page that is left without a restart keeps the labels of its secrets, and not the secrets', async () => {
  const { customerDraft, dropCustomerSecrets, emptyCustomerDraft, secretsToEnterAgain } = await started()
  customerDraft.value = { ...emptyCustomerDraft, tenant: { domain: 'mine.example', [secret]: 'planted1' } }
  dropCustomerSecrets()
  expect(customerDraft.value.tenant).toEqual({ domain: 'mine.example' })
  expect(secretsToEnterAgain.value).toEqual([label])
})
