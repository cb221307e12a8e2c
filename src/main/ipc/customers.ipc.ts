import { basename } from 'node:path'
import { dealerUse } from '../services/customers/dealer-use'
import type { CustomersService } from '../services/customers/customers-service'
import { handoverLines, handoverName, handoverText } from '../services/customers/handover'
import type { Dialogs } from '../services/dialogs'
import type { PlanShelf } from '../services/plans/plan-shelf'
import { ifPresent, type Servers } from '../servers/servers'
import { writeAtomic } from '../storage/write-atomic'
import { handle } from './handle'

interface CustomersIpcDeps {
  readonly customers: CustomersService
  readonly shelf: Pick<PlanShelf, 'find'>
  readonly servers: Pick<Servers, 'reader' | 'record'>
  readonly dialogs: Pick<Dialogs, 'saveFile'>
}

/** Handles `customers:*`. */
export function registerCustomersIpc({ customers, shelf, servers, dialogs }: CustomersIpcDeps): void {
  handle('customers:preview', (request) => customers.preview(request))
  handle('customers:dealerUse', ({ serverId, dealerId, everything }) =>
    dealerUse(servers.reader(serverId), dealerId, everything),
  )
  handle('customers:saveHandover', async ({ planId }) => {
    const { plan } = await shelf.find(planId)
    const { server, source } = plan.head
    const name = source.kind === 'customer' ? source.tenant : ''
    const lines = handoverLines(plan, ifPresent(() => servers.record(server.id).address) ?? '')
    const filters = [
      { name: 'HTML', extensions: ['html'] },
      { name: 'CSV', extensions: ['csv'] },
    ]
    const path = await dialogs.saveFile({ title: 'Save the handover sheet', defaultPath: handoverName(name), filters })
    if (path === undefined) return { saved: false, name: '' }
    await writeAtomic(path, handoverText(path, `Handover: ${name}`, lines))
    return { saved: true, name: basename(path) }
  })
}
