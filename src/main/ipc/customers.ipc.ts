import { basename } from 'node:path'
import { dealerUse } from '../services/customers/dealer-use'
import type { CustomersService } from '../services/customers/customers-service'
import { handoverName, handoverText } from '../services/customers/handover'
import type { Dialogs } from '../services/dialogs'
import type { Servers } from '../servers/servers'
import { writeAtomic } from '../storage/write-atomic'
import { handle } from './handle'

interface CustomersIpcDeps {
  readonly customers: CustomersService
  readonly servers: Pick<Servers, 'reader'>
  readonly dialogs: Pick<Dialogs, 'saveFile'>
}

/** Handles `customers:*`. */
export function registerCustomersIpc({ customers, servers, dialogs }: CustomersIpcDeps): void {
  handle('customers:preview', (request) => customers.preview(request))
  handle('customers:dealerUse', ({ serverId, dealerId, everything }) =>
    dealerUse(servers.reader(serverId), dealerId, everything),
  )
  handle('customers:saveHandover', async ({ planId }) => {
    const { tenant: name, lines } = await customers.handover(planId)
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
