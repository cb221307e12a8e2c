import { expect, test } from 'vitest'
import { parseAddress } from '@shared/domain/address'
import { readPastedDids } from '@shared/domain/did-paste'
import { typedCidr } from '@shared/domain/typed-cidr'
import { parseFileNumber } from '@shared/numbers/parse-number'
import { addressList } from '@main/services/imports/address-list'
import { readJson } from '@main/services/imports/json-text'
import { tidyPem } from '@main/services/certificate/pem-layout'

const long = 200_000
const blanks = ' '.repeat(long)
/** A pattern that tries each place again would need minutes and end the test. */
test.each<readonly [string, (text: string) => unknown, string]>([
  ['a number with blanks', readPastedDids, `1${blanks}x`],
  ['a long number', readPastedDids, '1'.repeat(long)],
  ['an address with blanks', typedCidr, `1.2.3.4${blanks}1`],
  ['colons', parseAddress, `${':'.repeat(long)}x`],
  ['a number of JSON with zeros', (text) => readJson(text, 1), `[1.${'0'.repeat(long)}1]`],
  ['a number of a file with zeros', parseFileNumber, `1.${'0'.repeat(long)}1`],
  ['an entry of a list', addressList, `a;${blanks};`],
  ['PEM with blanks', tidyPem, `a${blanks}b`],
  ['PEM with line ends', tidyPem, `a${'\r'.repeat(long)}b`],
])('%s are read in a time that grows with their length', (_, read, text) => expect(() => read(text)).not.toThrow())
