import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { formatted } from '../../formatted'
import { factsOfVendor, hasVendorFiles } from './source'

const file = resolve('test/contract/facts/portsip-22.2.json')

if (hasVendorFiles) {
  const text = await formatted(file, JSON.stringify(factsOfVendor()))
  await writeFile(file, text)
  console.log(`${file}: ${Math.round(text.length / 1024)} KB`)
} else {
  console.error('The vendor’s OpenAPI file and page do not lie in ../shared/reference: nothing was written')
  process.exitCode = 1
}
