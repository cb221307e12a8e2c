import { megabytesText } from '@shared/format/bytes'
import { createHash, randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { brandImageMax, type BrandImage, type BrandImageType } from '@shared/domain/brand'
import { FleetError } from '@shared/ipc/result'
import { diskError } from '../../storage/disk-error'
import { readRegular } from '../../storage/regular-file'

const signatures: readonly (readonly [type: BrandImageType, first: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/x-icon', [0x00, 0x00, 0x01, 0x00]],
]

const rejected = (message: string, hint: string): FleetError => new FleetError({ code: 'rejected', message, hint })

/** The type by the first bytes, regardless of the name. */
export function imageType(bytes: Buffer, name: string): BrandImageType {
  const format = signatures.find(([, first]) => first.every((byte, index) => bytes[index] === byte))
  if (format !== undefined) return format[0]
  if (
    /^[\s\ufeff]*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!doctype[^>]*>\s*)*<svg[\s>]/i.test(
      bytes.subarray(0, 4096).toString('utf8'),
    )
  )
    throw rejected(
      `${name} is an SVG`,
      'An SVG can contain scripts that would run on the sign-in page. Use PNG, JPEG, GIF or ICO.',
    )
  throw rejected(`${name} is not a supported image`, 'Use PNG, JPEG, GIF or ICO. The content of the file decides.')
}

/** An image with its bytes, which stay in main. */
export interface ImageWithBytes extends BrandImage {
  readonly bytes: Buffer
}

/**
 * Reads an image: a regular file within the size limit, of a type that browsers show. Errors: FleetError `rejected`,
 * `disk`.
 */
export async function readImage(path: string): Promise<ImageWithBytes> {
  const name = basename(path)
  let bytes: Buffer
  try {
    bytes = await readRegular(path, brandImageMax, (why) =>
      rejected(`${name} ${why}`, `Select an image of up to ${megabytesText(brandImageMax)}.`),
    )
  } catch (error) {
    throw diskError(error, path, 'read')
  }
  const type = imageType(bytes, name)
  return {
    id: randomUUID(),
    name,
    type,
    size: bytes.length,
    digest: createHash('sha256').update(bytes).digest('hex'),
    preview: `data:${type};base64,${bytes.toString('base64')}`,
    bytes,
  }
}
