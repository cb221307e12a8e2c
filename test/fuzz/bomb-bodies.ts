import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { Random } from '@demo/random'

/** Generator of one response; `pieces` may be endless. */
export interface Variation {
  readonly title: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly pieces: () => Iterable<Buffer>
}

const kilobyte = 1024
const row =
  '"id":"1","cidr":"192.0.2.1/32","target":"DENY","tenant_id":"t","name":"n","domain":"d","role":"SystemAdmin"'

/** Repeated parts: each is cheap to send and expensive to process. */
const fragments = [
  '0,',
  '[],',
  '{},',
  '"",',
  'null,',
  '"text",',
  '[[]],',
  '{"a":[]},',
  '[',
  '{"a":',
  '{"a":[',
  '1',
  '9',
  '\\u0041',
  'é',
  'x',
  ' ',
  '"id":"1",',
  '{"id":"1"},',
  '{"id":"1","a":[0,0,0,0,0,0,0,0]},',
  `{${row}},`,
  '{"errors":[]},',
  '{"code":"DENIED"},',
] as const
/** The place of the parts in the body, and the rest after them. */
const places: readonly (readonly [string, string])[] = [
  ['', ''],
  ['[', '0]'],
  ['{"items":[', '{}],"count":1}'],
  ['{"count":1,"items":[', '0]}'],
  [`{"count":1,"items":[{${row},"a":[`, '0]}]}'],
  [`{"count":1,"items":[{${row},"a":"`, '"}]}'],
  [`{"count":1,"items":[{"id":"`, '"}]}'],
  [`{${row},"version":"1","calls_in_24_hours":[`, '0]}'],
  [`{${row},"version":"1","news":"`, '"}'],
  ['{"role":"', '"}'],
  ['{"', '":1}'],
  ['{"count":', '}'],
  ['{"a":1,"a":', '1}'],
  ['{"errors":[{"code":"DENIED","message":"', '"}]}'],
  ['{"errors":[', '0]}'],
  ['{"errors":[{"code":"X","detail":[', '0]}]}'],
  ['{"__proto__":{"a":[', '0]}}'],
  ['{"access_token":"', '"}'],
  ['{"crt":"', '"}'],
]
const statuses = [200, 200, 200, 200, 201, 400, 401, 403, 404, 409, 500, 503] as const
/** Most are small, because variety finds more than size. */
const times = [1, 1, 100, 100, 3_000, 3_000, 11_000, 11_000, 60_000, 200_000, 2_000_000, 31_000_000] as const

/** Keys or texts that are all different, so that none can be shared. */
function differing(random: Random, count: number): string {
  const [before, after] = random.pick([
    ['"k', '":0,'],
    ['{"k', '":0},'],
    ['"', '",'],
    ['', 'e3,'],
  ] as const)
  return Array.from({ length: count }, (_, index) => `${before}${random.below(1_000_000)}${index}${after}`).join('')
}

const encoders = {
  gzip: (data: Buffer) => gzipSync(data, { level: 1 }),
  deflate: (data: Buffer) =>
    data.length % 2 === 0 ? deflateSync(data, { level: 1 }) : deflateRawSync(data, { level: 1 }),
  br: (data: Buffer) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
} as const

function* repeated(start: Buffer, block: Buffer, blocks: number, end: Buffer): Iterable<Buffer> {
  yield start
  for (let at = 0; at < blocks; at++) yield block
  yield end
}

/** Variation `index` of `seed`; the same numbers produce the same response. */
export function variation(seed: number, index: number): Variation {
  const random = new Random(seed * 100_003 + index)
  const [start, end] = places[random.below(places.length)] ?? ['', '']
  const status = random.pick(statuses)
  const varied = random.chance(0.2)
  const fragment = fragments[random.below(fragments.length)] ?? ''
  const count = varied ? 1 + random.below(40_000) : 1 + random.below(random.pick(times))
  const coding = random.pick(['gzip', 'gzip', 'gzip', 'deflate', 'br', 'identity'] as const)
  const title = `${status} ${coding} ${start}${varied ? 'differing' : fragment} × ${count}`
  const headers = { 'content-type': 'application/json', ...(coding !== 'identity' && { 'content-encoding': coding }) }
  // Gzip files can be concatenated, so one block is sent repeatedly; the other codings are compressed completely and
  // remain smaller.
  const block = varied
    ? differing(random, count)
    : fragment.repeat(Math.min(count, Math.ceil((256 * kilobyte) / fragment.length)))
  const blocks = varied ? 1 : Math.max(1, Math.floor(count / (block.length / fragment.length)))
  if (coding === 'gzip' || coding === 'identity') {
    const encode = coding === 'gzip' ? encoders.gzip : (data: Buffer) => data
    const [first, middle, last] = [start, block, end].map((text) => encode(Buffer.from(text)))
    const pieces = () => repeated(first ?? Buffer.of(), middle ?? Buffer.of(), blocks, last ?? Buffer.of())
    return { title, status, headers, pieces }
  }
  const whole = encoders[coding](Buffer.from(start + block.repeat(Math.min(blocks, 20)) + end))
  return { title, status, headers, pieces: () => [whole] }
}
