import { crc32, deflateRawSync } from 'node:zlib'

/** A zip archive; Node's own compression is fast enough for bombs. */
export function zip(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, place, Buffer.from(name))
    parts.push(local)
    offset += local.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  const count = Object.keys(files).length
  end.writeUInt16LE(count, 4)
  end.writeUInt16LE(count, 6)
  end.writeUInt32LE(entries.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, entries, Buffer.from('PK\x05\x06'), end])
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

const cell = (place: string, text: string): string => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`

export interface WorkbookParts {
  /** The content of the sheet, by default a header and one row. */
  readonly cells?: readonly (readonly [place: string, text: string])[]
  /** Rows in the format of the file, instead of `cells`. */
  readonly rows?: string
  readonly sharedStrings?: string
  /** Spaces behind the sheet; they are almost nothing after compression. */
  readonly blanks?: number
}

/** A small XLSX workbook with one sheet. */
export function workbook({
  cells = [
    ['A1', 'cidr'],
    ['A2', '10.0.0.0/8'],
  ],
  rows,
  sharedStrings,
  blanks = 0,
}: WorkbookParts = {}): Buffer {
  const written =
    rows ?? cells.map(([place, text]) => `<row r="${place.replace(/\D+/, '')}">${cell(place, text)}</row>`).join('')
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const files: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"/>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships">${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${written}</sheetData></worksheet>${' '.repeat(blanks)}`,
  }
  if (sharedStrings !== undefined) files['xl/sharedStrings.xml'] = `<sst xmlns="${main}">${sharedStrings}</sst>`
  return zip(files)
}
