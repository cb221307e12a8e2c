import { crc32 } from 'node:zlib'
import type { Unzipped } from 'fflate'
import { damaged } from './damaged'

const endMark = 'PK\x05\x06'
const entryMark = 0x02014b50
const isZip64 = (count: number, offset: number): boolean => count === 0xffff || offset === 0xffffffff

interface Entry {
  readonly name: string
  readonly crc: number
  /** The name that stands before the content itself. */
  readonly ownName: string
}

const nameAt = (bytes: Buffer, lengthAt: number, at: number): string =>
  bytes.toString('latin1', at, at + bytes.readUInt16LE(lengthAt))

/** What the directory at the end of the archive says of its files; nothing for an archive of the 64-bit kind. Throws RangeError beyond the end. */
function* entries(bytes: Buffer): Iterable<Entry> {
  const end = bytes.lastIndexOf(endMark, undefined, 'latin1')
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (isZip64(count, at)) return
  for (let left = count; left > 0 && bytes.readUInt32LE(at) === entryMark; left--) {
    const own = bytes.readUInt32LE(at + 42)
    yield {
      name: nameAt(bytes, at + 28, at + 46),
      crc: bytes.readUInt32LE(at + 16),
      ownName: nameAt(bytes, own + 26, own + 30),
    }
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
}

/** Throws `damaged` for an archive whose files are not what was packed, which fflate does not look at; of two with one name one is not. */
export function checkEntries(bytes: Buffer, files: Unzipped): void {
  for (const { name, crc, ownName } of entries(bytes)) {
    if (name !== ownName) throw damaged('a part of it has two names')
    const content = files[name]
    if (content !== undefined && crc32(content) !== crc) throw damaged('a part of it is not what was saved')
  }
}
