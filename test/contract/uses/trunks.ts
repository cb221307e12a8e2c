import type { Use } from './use'

export const useTrunks: Use = async (ask) => {
  const { items } = (await ask('GET /providers')).json<{ items: readonly { id: string }[] }>()
  await ask('GET /providers?top=2&skip=2&orderby=name&search=sip')
  const tenants = (await ask('GET /tenants')).json<{ items: readonly { id: string }[] }>().items
  const [lab, tenant] = [items.at(-1)?.id ?? '', tenants[0]?.id ?? '']
  for (const { id } of items) await ask(`GET /providers/${id}/assignees`)
  await ask(`GET /providers/${lab}/assignees/${tenant}`)
  await ask(`POST /providers/${lab}/assignees/${tenant}`, { did_numbers: '3000;12000-18000', concurrency: 4 })
  await ask(`GET /providers/${lab}/assignees/${tenant}`)
  await ask(`POST /providers/${lab}/assignees/${tenants[1]?.id ?? ''}`, { did_numbers: '18000-19000' })
  await ask(`POST /providers/${lab}/assignees/${tenant}`, { did_numbers: '+49301' })
  await ask(`POST /providers/${lab}/assignees/${tenant}/destroy`)
  await ask(`POST /providers/${lab}/assignees/${tenant}/destroy`)
  await ask('GET /providers/nothing/assignees')
}
