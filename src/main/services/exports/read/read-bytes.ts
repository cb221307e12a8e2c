import type { TableLimits } from '@shared/limits/files'
import { diskError } from '../../../storage/disk-error'
import { readRegular } from '../../../storage/regular-file'
import { damaged } from './damaged'
import { bytesError } from './limits'

/** The bytes of a regular file within its limit. Errors: FleetError `disk`, `damaged`. */
export async function readBytes(file: string, limits: TableLimits): Promise<Buffer> {
  try {
    return await readRegular(file, limits.bytes, (why, size) =>
      size === undefined ? damaged(`it ${why}`) : bytesError(size, limits),
    )
  } catch (error) {
    throw diskError(error, file, 'read')
  }
}
