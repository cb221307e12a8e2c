import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { TableLimits } from '@shared/domain/file-limits'
import { diskError } from '../../../storage/disk-error'
import { damaged } from './damaged'
import { checkBytes } from './limits'

/** A pipe or a device would be waited for without end. Windows has no such flag. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** The bytes of a regular file within its limit. Errors: FleetError `disk`, `damaged`. */
export async function readBytes(file: string, limits: TableLimits): Promise<Buffer> {
  try {
    const handle = await open(file, flags)
    try {
      const found = await handle.stat()
      if (!found.isFile()) throw damaged('it is not a file')
      checkBytes(found.size, limits)
      const bytes = await handle.readFile()
      checkBytes(bytes.length, limits)
      return bytes
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw diskError(error, file, 'read')
  }
}
