import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { FleetError } from '@shared/ipc/result'
import { dealers } from '@shared/resources/dealer'
import { answerSchema } from '@shared/resources/schema'
import { decompressed } from '@main/portsip/decompress'
import { pageSchema } from '@main/portsip/paging'
import { parseReply, readJson } from '@main/portsip/read-json'
import { unpagedReply } from '@main/portsip/reply-limits'
import { inTurn, print, timed } from './lib/figure'

const operation = 'GET /dealers'
const schema = pageSchema(answerSchema(dealers))
const piece = 64 * 1024

const dealer = (index: number) => ({
  id: String(900_000_000_000 + index),
  name: `dealer${index}`,
  email: `dealer${index}@example.com`,
  display_name: `Dealer ${index}`,
  level: 'RESELLER',
  enabled: true,
  max_tenants: 100,
  max_extensions: 1000,
})
const rows = 30_000
const legal = gzipSync(
  JSON.stringify({ count: rows, items: Array.from({ length: rows }, (_, index) => dealer(index)) }),
)
const bomb = gzipSync(`{"count":1,"items":[${'0,'.repeat(31_000_000)}0]}`)

function* pieces(body: Buffer): Iterable<Buffer> {
  for (let at = 0; at < body.length; at += piece) yield body.subarray(at, at + piece)
}

async function read(body: Buffer): Promise<number> {
  const source = Readable.from(pieces(body), { objectMode: false })
  const json = await readJson(decompressed(source, 'gzip', operation, false), operation, unpagedReply)
  return (await parseReply(json, 'application/json', operation, schema)).items.length
}

async function refused(): Promise<void> {
  const outcome: unknown = await read(bomb).catch((error: unknown) => error)
  if (!(outcome instanceof FleetError)) throw new Error('The bomb was not refused')
}

const parse = (body: Buffer) => async () => timed(() => JSON.parse(gunzipSync(body).toString('utf8')) as unknown)
if ((await read(legal)) !== rows) throw new Error('Rows are missing')

const long = await inTurn(7, parse(legal), () => timed(() => read(legal)))
print({ name: `${rows} dealers in one response / JSON.parse`, unit: 'ms', ...long })
const harmful = await inTurn(3, parse(bomb), () => timed(refused))
print({ name: '31 million values refused / JSON.parse', unit: 'ms', ...harmful })
