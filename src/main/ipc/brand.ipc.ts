import { z } from 'zod'
import type { BrandImage } from '@shared/domain/brand'
import { droppedImageChannel } from '@shared/ipc/channels'
import { selectedLimits } from '@shared/limits/selected'
import type { BrandService } from '../services/brand/brand-service'
import type { Dialogs } from '../services/dialogs'
import { handle, handlePreloadOnly } from './handle'

const pictures = [{ name: 'Images', extensions: ['png', 'jpg', 'jpeg', 'gif', 'ico'] }]

/** Handles `brand:*` and images dropped on the page. The window never sends or receives a path. */
export function registerBrandIpc(brand: BrandService, dialogs: Dialogs): void {
  handle('brand:last', ({ serverId }) => brand.last(serverId) ?? null)
  handle('brand:chooseImage', async ({ use }) => {
    const title = use === 'logo' ? 'Choose a logo' : 'Choose an icon'
    const path = await dialogs.openFile({ title, filters: pictures })
    return path === undefined ? null : brand.addImage(path)
  })
  handlePreloadOnly<{ path: string }, BrandImage>(
    droppedImageChannel,
    z.object({ path: z.string().min(1).max(selectedLimits.path) }),
    ({ path }) => brand.addImage(path),
  )
  handle('brand:send', (args) => brand.send(args))
}
