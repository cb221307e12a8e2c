import type { Use } from './use'

export const useDealers: Use = async (ask) => {
  const dealer = {
    level: 'SUB_DISTRIBUTOR',
    name: 'north.dealer',
    password: 'Valid-Pass-9',
    email: 'north@example.com',
    display_name: 'North',
    max_tenants: 10,
    max_extensions: 500,
    tenant_full_access: false,
  }
  await ask('POST /dealers', { ...dealer, name: 'root' })
  await ask('POST /dealers', { ...dealer, password: 'north.dealer-9A' })
  const { id } = (await ask('POST /dealers', dealer)).json<{ id: string }>()
  await ask('POST /dealers', dealer)
  await ask('POST /dealers', { ...dealer, name: 'south', level: 'DISTRIBUTOR' }, { role: 'Dealer' })
  for (const role of ['SystemAdmin', 'Dealer'] as const) {
    await ask('GET /dealers', undefined, { role })
    await ask(`GET /dealers/${id}`, undefined, { role })
    await ask(`POST /dealers/${id}`, { description: role, tenant_full_access: false }, { role })
    await ask(`POST /dealers/${id}/password`, { password: 'short' }, { role })
    await ask(`POST /dealers/${id}/password`, { password: 'Other-Pass-8' }, { role })
  }
  await ask(`POST /dealers/${id}/destroy`)
  await ask(`POST /dealers/${id}/password`, { password: 'Other-Pass-8' })
}

export const useAccounts: Use = async (ask) => {
  await ask('GET /dealer/status', undefined, { role: 'Dealer' })
  await ask('GET /dealer', undefined, { role: 'Dealer' })
  await ask('POST /dealer', { phone: '+1 555 0100', website: '' }, { role: 'Dealer' })
  await ask('GET /dealer')
  for (const [path, role] of [
    ['/admin', 'SystemAdmin'],
    ['/admin/user', 'SystemAdmin'],
    ['/dealer', 'Dealer'],
  ] as const) {
    const name = `${role}.new`
    await ask(`POST ${path}/username`, { name: 'Root' }, { role })
    await ask(`POST ${path}/username`, { name }, { role })
    await ask(`POST ${path}/password`, { old_password: 'wrong', new_password: 'Valid-Pass-9' }, { role })
    await ask(`POST ${path}/password`, { old_password: 'Practice-Pbx-7', new_password: 'Valid-Pass-9' }, { role })
  }
  const password = { old_password: 'Practice-Pbx-7', new_password: 'Valid-Pass-9' }
  await ask('POST /user/password', password, { role: 'Admin' })
}
